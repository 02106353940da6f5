package dev.gatecast.codec;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which names are those of time zones, as this Java knows them. Threads may share one. */
public final class ZoneNames {
    private static final int MOST_KEPT = 4_096; // all regions, and offsets besides

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /**
     * What is wrong about a name, or null: it is a zone's, or empty, which names none. Allocates nothing for a zone that came
     * before.
     */
    public @Nullable String fault(String name) {
        return name.isEmpty() || known.contains(name) || isZone(name)
                ? null
                : "a time zone such as America/New_York was expected, not \"" + Shown.of(name) + '"';
    }

    private boolean isZone(String name) {
        if (name.length() > TraitFields.LONGEST) {
            return false;
        }
        try {
            ZoneId.of(name);
        } catch (DateTimeException e) {
            return false;
        }
        if (known.size() < MOST_KEPT) {
            known.add(name);
        }
        return true;
    }
}
