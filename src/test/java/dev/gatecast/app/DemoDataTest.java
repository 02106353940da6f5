package dev.gatecast.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Tick;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoDataTest {
    @Test
    void theShippedDataAreWholeAndOrdered() {
        var ticks = DemoData.ticks(DemoData.FIELDS);
        assertEquals(20 * 24 * 181, ticks.size());
        assertEquals(20, ticks.stream().map(Tick::entity).distinct().count());
        assertEquals(
                1_603_863, ticks.stream().mapToDouble(tick -> tick.values()[0]).sum());
        for (var i = 1; i < ticks.size(); i++) {
            assertTrue(ticks.get(i - 1).time() <= ticks.get(i).time());
        }
        assertTrue(Double.isNaN(ticks.get(1).values()[1]), "no departures, no mean delay");
    }

    @Test
    void aDayASecondIsHalfASecondForTwelveHours() {
        assertEquals(TimeUnit.MILLISECONDS.toNanos(500), Pace.parse("P1D").nanos(TimeUnit.HOURS.toMillis(12)));
        assertEquals(0, Pace.parse("max").nanos(TimeUnit.HOURS.toMillis(12)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "PT0S", "-P1D", "24"})
    void aPaceThatIsNoneIsTheUsersError(String text) {
        assertThrows(UserError.class, () -> Pace.parse(text));
    }
}
