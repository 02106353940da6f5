package dev.gatecast.feature;

import java.util.List;

/** Which inputs a model sees at each step, and what they are scaled by. */
public sealed interface InputChoice {
    /**
     * What training here uses: eight inputs relative to the recent values, the calendar of the next step, and what else
     * there is to see.
     *
     * @param calendar whether the time of day and of week are among them
     * @param context what is seen beside the target
     */
    record Standard(boolean calendar, Context context) implements InputChoice {
        /** Checks that days belong to a calendar. */
        public Standard {
            if (!calendar && !context.days().equals(Days.NONE)) {
                throw new IllegalArgumentException("inputs: zones and holidays without a calendar, got " + context);
            }
        }

        /** Nothing beside the target and the calendar. */
        public Standard(boolean calendar) {
            this(calendar, Context.NONE);
        }
    }

    /**
     * A list of single inputs, as a model trained elsewhere wants them.
     *
     * @param scale what values are scaled by, the head's outputs as well
     * @param inputs at least one, in the model's order
     */
    record Listed(Scale scale, List<Input> inputs) implements InputChoice {
        private static final int MOST = 4096;

        /** Checks the length. */
        public Listed {
            inputs = List.copyOf(inputs);
            if (inputs.isEmpty() || inputs.size() > MOST) {
                throw new IllegalArgumentException("inputs: expected 1 to " + MOST + " of them, got " + inputs.size());
            }
        }
    }

    /** How a transformed value u becomes one in model units: {@code (u - level) / spread}. */
    sealed interface Scale {
        /** By mean and deviation of the entity's level window. */
        record Recent() implements Scale {}

        /**
         * By two numbers that are the same for every entity.
         *
         * @param mean finite, in transformed units
         * @param deviation finite and above 0
         */
        record Fixed(double mean, double deviation) implements Scale {
            /** Checks both. */
            public Fixed {
                if (!Double.isFinite(mean) || !(deviation > 0) || deviation == Double.POSITIVE_INFINITY) {
                    throw new IllegalArgumentException(
                            "fixed scale: expected a finite mean and deviation > 0, got " + mean + " and " + deviation);
                }
            }
        }
    }
}
