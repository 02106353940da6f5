package dev.gatecast.codec;

import dev.gatecast.event.Traits;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a tick say something of its entity.
 *
 * @param zone field with the name of its time zone; null: none
 * @param category field with its category; null: none
 */
public record TraitFields(@Nullable String zone, @Nullable String category) {
    /** None. */
    public static final TraitFields NONE = new TraitFields(null, null);

    /** Longest text that is taken, in characters. */
    public static final int LONGEST = 256;

    /**
     * The traits of two fields' texts, without a category that is too long to be a name.
     *
     * @param zone in which {@link ZoneNames} find no fault
     */
    public static Traits traits(String zone, String category) {
        var shownCategory = category.length() > LONGEST ? "" : category;
        return zone.isEmpty() && shownCategory.isEmpty() ? Traits.NONE : new Traits(zone, shownCategory);
    }
}
