package dev.gatecast.server;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/** The dashboard's files, read from the class path once and kept compressed. */
final class Assets {
    private static final String ECHARTS = "META-INF/resources/_static/echarts/6.0.0/dist/echarts.min.js";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final List<String> SCRIPTS =
            List.of("alerts", "app", "chart", "entities", "format", "header", "spark", "theme", "tiles", "why");
    private static final String POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

    private final Map<String, Asset> assets = new TreeMap<>();

    @SuppressWarnings("ArrayRecordComponent")
    private record Asset(String type, String tag, byte[] plain, byte[] zipped) {}

    Assets() {
        load("/", "dashboard/index.html", "text/html; charset=utf-8");
        load("/style.css", "dashboard/style.css", "text/css; charset=utf-8");
        load("/icon.svg", "dashboard/icon.svg", "image/svg+xml");
        load("/echarts.min.js", ECHARTS, SCRIPT);
        for (var name : SCRIPTS) {
            load("/" + name + ".js", "dashboard/" + name + ".js", SCRIPT);
        }
    }

    Iterable<String> paths() {
        return assets.keySet();
    }

    void serve(Context ctx) {
        var asset = assets.get(ctx.path());
        if (asset == null) {
            Routes.fail(ctx, 404, "nothing here: " + ctx.path());
            return;
        }
        ctx.header("ETag", asset.tag).header("Cache-Control", "no-cache").header("Vary", "Accept-Encoding");
        ctx.header("Content-Security-Policy", POLICY).header("X-Content-Type-Options", "nosniff");
        if (asset.tag.equals(ctx.header("If-None-Match"))) {
            ctx.status(304);
            return;
        }
        ctx.contentType(asset.type);
        var accepted = ctx.header("Accept-Encoding");
        if (accepted != null && accepted.contains("gzip")) {
            ctx.header("Content-Encoding", "gzip").result(asset.zipped);
        } else {
            ctx.result(asset.plain);
        }
    }

    private void load(String path, String resource, String type) {
        try (var in = Assets.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the dashboard's file " + resource + " is not on the class path");
            }
            var plain = in.readAllBytes();
            var crc = new CRC32();
            crc.update(plain);
            assets.put(path, new Asset(type, '"' + Long.toHexString(crc.getValue()) + '"', plain, zip(plain)));
        } catch (IOException e) {
            throw new UncheckedIOException("the dashboard's file " + resource + " cannot be read", e);
        }
    }

    private static byte[] zip(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
