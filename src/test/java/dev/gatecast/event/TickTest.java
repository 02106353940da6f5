package dev.gatecast.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TickTest {
    @Test
    void timesAreShownAsIsoAndCountsOfStepsAsNumbers() {
        assertEquals("2001-01-01T00:00:00Z (978307200000)", Tick.text(978_307_200_000L));
        assertEquals("99999999999", Tick.text(99_999_999_999L));
        assertEquals("7", Tick.text(7));
        assertEquals("-9223372036854775808", Tick.text(Long.MIN_VALUE));
        assertEquals("+292278994-08-17T07:12:55.807Z (9223372036854775807)", Tick.text(Long.MAX_VALUE));
    }
}
