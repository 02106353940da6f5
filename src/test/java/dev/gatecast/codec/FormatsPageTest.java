package dev.gatecast.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.TickFormat.Kind;
import dev.gatecast.codec.TickFormat.Line;
import dev.gatecast.codec.TickFormat.Time;
import dev.gatecast.codec.TickFormat.Who;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/formats.md are what the codecs read and write. */
class FormatsPageTest {
    @Test
    void theTickIsATick() throws IOException {
        var time = new Time("time", TimeFormat.MILLIS);
        var format = new TickFormat(Kind.JSON, Who.of("airport"), time, List.of("departures", "delay"), 1, Line.USUAL);
        var decoded = new TickCodec(format).decode(null, example("tick"), 0);
        assertEquals("BOS", assertInstanceOf(Decoded.Good.class, decoded).tick().entity());
    }

    @Test
    void theForecastIsOne() throws IOException, UndecodableException {
        var codec = new ForecastCodec(Format.JSON);
        assertArrayEquals(example("forecast"), codec.encode(codec.decode(example("forecast"))));
    }

    @Test
    void theAlertIsOne() throws IOException, UndecodableException {
        var codec = new AlertCodec(Format.JSON);
        assertArrayEquals(example("alert"), codec.encode(codec.decode(example("alert"))));
    }

    private static byte[] example(String name) throws IOException {
        var page = Files.readString(Path.of("docs/formats.md"));
        var block = Pattern.compile("```json " + name + "\n(.*)\n```").matcher(page);
        assertTrue(block.find(), name);
        return block.group(1).getBytes(UTF_8);
    }
}
