package dev.gatecast.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatecast.source.BadSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes {@code report.html}: one page with charts that needs nothing else, not even a network. */
final class ReportHtml {
    private static final String CHARTS = "META-INF/resources/_static/echarts/6.0.0/dist/echarts.common.min.js";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReportHtml() {}

    static void write(Report report, Path file) {
        try {
            Files.writeString(file, page(report));
        } catch (IOException e) {
            throw new BadSource(file + ": cannot be written: " + e, e);
        }
    }

    private static String page(Report report) throws JsonProcessingException {
        var data = MAPPER.writeValueAsString(new ChartData(report).root());
        return text("report/report.html")
                .replace("{{style}}", text("report/report.css"))
                .replace("{{echarts}}", text(CHARTS))
                .replace("{{script}}", text("report/report.js"))
                .replace("{{data}}", inScript(data));
    }

    /** An entity's name may hold anything; within a script element nothing may close it. */
    static String inScript(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String text(String resource) {
        try (var in = ReportHtml.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
