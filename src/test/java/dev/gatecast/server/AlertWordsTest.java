package dev.gatecast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatecast.event.Alert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertWordsTest {
    @Test
    void anAlertSaysWhatCameAndWhatWasExpected() {
        var words = new AlertWords("departures").of(Samples.alert("JFK", 14, Alert.Phase.OPEN));
        assertEquals("JFK 14:00: 100 departures, expected 360 (340–380)", words);
    }

    @Test
    void withoutAForecastThereIsNothingExpected() {
        var some = Samples.alert("JFK", 14, Alert.Phase.OPEN);
        var evidence = new Alert.Evidence(7, Double.NaN, Double.NaN, Double.NaN, 7, 7);
        var alert = new Alert("JFK", some.time(), some.phase(), some.episode(), some.surprise(), evidence);
        assertEquals("JFK 14:00: 7 departures", new AlertWords("departures").of(alert));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "12345.6, 12346",
        "99.96, 100",
        "3.14159, 3.14",
        "-2.50, -2.5",
        "0.000123456, 0.000123"
    })
    void numbersAreShort(double value, String text) {
        assertEquals(text, AlertWords.number(value));
    }
}
