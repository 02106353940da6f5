package dev.gatecast.trainer;

import java.util.Arrays;
import java.util.List;

/** What a linear model is when data say nothing: the forecasts that everybody would make without any. */
enum LinearPrior {
    /** The level of the recent values. */
    NOTHING {
        @Override
        void set(double[] weights, int newest, int horizon, Prepared data) {}
    },
    /** The last value. */
    LAST {
        @Override
        void set(double[] weights, int newest, int horizon, Prepared data) {
            weights[newest] = 1;
        }
    },
    /** The last value, and on along the line from the first one that is seen. */
    DRIFT {
        @Override
        void set(double[] weights, int newest, int horizon, Prepared data) {
            double steps = (horizon + 1.0) / (data.profile() - 1);
            weights[newest] = 1 + steps;
            weights[newest - data.profile() + 1] = -steps;
        }
    },
    /** The recent values' mean, each counting four fifths of the one after it. */
    SMOOTHED {
        @Override
        void set(double[] weights, int newest, int horizon, Prepared data) {
            double left = 1;
            for (int back = 0; back < data.profile() - 1; back++) {
                weights[newest - back] = SMOOTHING * left;
                left -= SMOOTHING * left;
            }
            weights[newest - data.profile() + 1] = left;
        }
    },
    /** The value one short season before. */
    SEASON {
        @Override
        void set(double[] weights, int newest, int horizon, Prepared data) {
            weights[newest - back(horizon, data.spec().seasons().shorter())] = 1;
        }
    },
    /** The value one long season before. */
    LONG_SEASON {
        @Override
        void set(double[] weights, int newest, int horizon, Prepared data) {
            weights[newest - back(horizon, data.spec().seasons().longer())] = 1;
        }
    };

    private static final double SMOOTHING = 0.2;

    /** {@code weights} (profile + 1), all 0, Modified. */
    abstract void set(double[] weights, int newest, int horizon, Prepared data);

    /** Weights of what the head sees one by one, and of 1, (profile + 1). */
    double[] weights(int horizon, Prepared data) {
        var weights = new double[data.seen() + 1];
        set(weights, data.seen() - 1, horizon, data);
        return weights;
    }

    /** Those that say something else than the others of such data. */
    static List<LinearPrior> of(Prepared data) {
        var seasons = data.spec().seasons();
        return Arrays.stream(values())
                .filter(prior -> switch (prior) {
                    case NOTHING -> true;
                    case LAST -> data.profile() > 0;
                    case DRIFT, SMOOTHED -> data.profile() > 1;
                    case SEASON -> seasons.shorter() > 1 && seasons.shorter() <= data.profile();
                    case LONG_SEASON -> seasons.longer() > seasons.shorter() && seasons.longer() <= data.profile();
                })
                .toList();
    }

    /** Steps from the last value back to the one that is whole seasons before a target. */
    private static int back(int horizon, int season) {
        return season - 1 - horizon % season;
    }
}
