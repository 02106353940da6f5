package dev.gatecast.feature;

/**
 * A monotone map of values before scaling, and its inverse. Chosen once per model by the trainer.
 *
 * <p>Arrays are mapped in a loop of each transform's own, without a call for every number.
 *
 * <p>{@code StrictMath} gives the same bits on every JDK; {@code Math.sqrt} does by IEEE 754.
 */
public enum Transform {
    /** Values as they are. */
    IDENTITY {
        @Override
        public float forward(double value) {
            return (float) value;
        }

        @Override
        public float inverse(double transformed) {
            return (float) transformed;
        }

        @Override
        boolean holds(double value) {
            return true;
        }

        @Override
        double slope(double value) {
            return 1;
        }

        @Override
        void inverse(double level, double spread, float[] values) {
            for (int i = 0; i < values.length; i++) {
                values[i] = inverse(level + spread * values[i]);
            }
        }
    },
    /** Natural logarithm, for positive quantities; values below {@link #LEAST} count as that. */
    LOG {
        @Override
        public float forward(double value) {
            return (float) StrictMath.log(Math.max(value, LEAST));
        }

        @Override
        public float inverse(double transformed) {
            return (float) StrictMath.exp(Math.min(transformed, LARGEST_EXPONENT));
        }

        @Override
        boolean holds(double value) {
            return value >= LEAST;
        }

        @Override
        double slope(double value) {
            return 1 / value;
        }

        @Override
        void inverse(double level, double spread, float[] values) {
            for (int i = 0; i < values.length; i++) {
                values[i] = inverse(level + spread * values[i]);
            }
        }
    },
    /** Square root, for counts; values below 0 count as 0. */
    SQRT {
        @Override
        public float forward(double value) {
            return (float) Math.sqrt(Math.max(value, 0.0));
        }

        /** The roots in a loop of doubles alone, which C2 vectorises. */
        @Override
        void forward(double[] values) {
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.sqrt(Math.max(values[i], 0.0));
            }
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) values[i];
            }
        }

        @Override
        public float inverse(double transformed) {
            double root = Math.max(transformed, 0.0);
            return (float) (root * root);
        }

        @Override
        boolean holds(double value) {
            return value >= 0;
        }

        @Override
        double slope(double value) {
            return 0.5 / Math.sqrt(value);
        }

        @Override
        void inverse(double level, double spread, float[] values) {
            for (int i = 0; i < values.length; i++) {
                values[i] = inverse(level + spread * values[i]);
            }
        }
    };

    /** Smallest value that {@link #LOG} tells from 0. */
    public static final double LEAST = 1e-9;

    private static final double LARGEST_EXPONENT = 88.0;

    /** Into the model's units. */
    public abstract float forward(double value);

    /** Back into the entity's units; never decreasing, so quantiles stay ordered. */
    public abstract float inverse(double transformed);

    /** Whether it tells a value from all smaller ones. */
    abstract boolean holds(double value);

    /** By how much it rises at a value above 0. */
    abstract double slope(double value);

    /** {@link #forward} of each value in place of it. {@code values} Modified. */
    void forward(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = forward(values[i]);
        }
    }

    /** {@link #inverse} of {@code level + spread * value} in place of each value. {@code values} Modified. */
    abstract void inverse(double level, double spread, float[] values);
}
