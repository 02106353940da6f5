package dev.gatecast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.event.Alert;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class EventHubTest {
    private final LongAdder dropped = new LongAdder();
    private final EventHub hub = new EventHub(new HttpSettings("127.0.0.1", 0, "values", 10, 2, 16), dropped);

    @Test
    void aClientThatDoesNotReadIsDroppedAndCounted() {
        var slow = hub.open(EventFilter.parse(List.of("tick"), List.of())).orElseThrow();
        for (int hour = 0; hour < 17; hour++) {
            hub.onTick(Samples.tick("A", hour, 1));
        }
        assertFalse(slow.isOpen());
        assertEquals(0, hub.size());
        assertEquals(1, dropped.sum());
    }

    @Test
    void aClientGetsOnlyWhatItAskedFor() {
        var client = hub.open(EventFilter.parse(List.of("alert,forecast"), List.of("B")))
                .orElseThrow();
        hub.onTick(Samples.tick("B", 0, 1));
        hub.onForecast(Samples.forecast("A", 0, 1));
        hub.onForecast(Samples.forecast("B", 0, 1));
        hub.onAlert(Samples.alert("B", 0, Alert.Phase.OPEN));
        assertInstanceOf(LiveEvent.OfForecast.class, client.nextNow());
        assertInstanceOf(LiveEvent.OfAlert.class, client.nextNow());
        assertEquals(null, client.nextNow());
    }

    @Test
    void thereAreOnlySoManyClients() {
        var filter = EventFilter.parse(List.of(), List.of());
        assertTrue(hub.open(filter).isPresent());
        var second = hub.open(filter).orElseThrow();
        assertTrue(hub.open(filter).isEmpty());
        hub.leave(second);
        assertTrue(hub.open(filter).isPresent());
    }

    @Test
    void anUnknownTypeIsToldTheChoices() {
        var e = assertThrows(IllegalArgumentException.class, () -> EventFilter.parse(List.of("tock"), List.of()));
        assertEquals("types: expected some of tick, forecast, alert, model, pulse, got tock", e.getMessage());
    }
}
