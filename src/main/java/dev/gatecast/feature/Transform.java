package dev.gatecast.feature;

/**
 * A monotone map of values before scaling, and its inverse. Chosen once per model by the trainer.
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
    },
    /** Square root, for counts; values below 0 count as 0. */
    SQRT {
        @Override
        public float forward(double value) {
            return (float) Math.sqrt(Math.max(value, 0.0));
        }

        @Override
        public float inverse(double transformed) {
            double root = Math.max(transformed, 0.0);
            return (float) (root * root);
        }
    };

    /** Smallest value that {@link #LOG} tells from 0. */
    public static final double LEAST = 1e-9;

    private static final double LARGEST_EXPONENT = 88.0;

    /** Into the model's units. */
    public abstract float forward(double value);

    /** Back into the entity's units; never decreasing, so quantiles stay ordered. */
    public abstract float inverse(double transformed);
}
