package dev.gatecast.event;

import java.util.stream.IntStream;

/** The groups of horizons that errors and coverage are learned and told by: up to 1, a quarter, a half and all of them. */
public final class HorizonGroups {
    private static final long GOLDEN = 0x9e3779b9L;

    private HorizonGroups() {}

    /** The farthest horizon of each group, ascending: the distinct ones; none for 0 horizons. */
    public static int[] reaches(int horizons) {
        return IntStream.of(1, (horizons + 3) / 4, (horizons + 1) / 2, horizons)
                .filter(reach -> horizons > 0)
                .distinct()
                .sorted()
                .toArray();
    }

    /** The nearest horizon of a group. */
    public static int first(int[] reaches, int group) {
        return group == 0 ? 1 : reaches[group - 1] + 1;
    }

    /** One horizon of a group for each row: equally often each, whatever the season (multiples of the golden ratio). */
    public static int horizon(int[] reaches, int group, long row) {
        int first = first(reaches, group);
        return first + (int) ((row * GOLDEN & 0xffffffffL) * (reaches[group] - first + 1) >>> 32);
    }
}
