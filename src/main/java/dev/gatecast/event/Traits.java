package dev.gatecast.event;

/**
 * What does not change about an entity, out of the text fields of its ticks.
 *
 * @param zone name of its time zone, such as {@code America/New_York}; empty where no tick says
 * @param category what kind of entity it is; empty where no tick says
 */
public record Traits(String zone, String category) {
    /** Nothing is known. */
    public static final Traits NONE = new Traits("", "");

    /** These, and what the others say where they are silent. */
    public Traits or(Traits others) {
        if (this == others || this == NONE) {
            return others;
        }
        var merged = new Traits(zone.isEmpty() ? others.zone : zone, category.isEmpty() ? others.category : category);
        return merged.equals(others) ? others : merged;
    }
}
