package dev.gatecast.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFormatTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001-03-05T14:00:00Z",
                "2000-02-29T23:59:59Z",
                "2001-03-05T14:00:00.5Z",
                "2001-03-05T14:00:00+01:00",
                "2001-03-05T14:00Z"
            })
    void aTimeInUtcIsWhatTheGeneralParserSays(String text) {
        assertEquals(OffsetDateTime.parse(text).toInstant().toEpochMilli(), TimeFormat.ISO.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2001-02-29T00:00:00Z", "2001-03-05T24:00:00Z", "2001-03-05T14:60:00Z", "2001-03-05T14:00:0xZ"})
    void whatIsNoTimeIsRefusedWithTheQuickParserToo(String text) {
        assertThrows(DateTimeException.class, () -> TimeFormat.ISO.parse(text));
    }
}
