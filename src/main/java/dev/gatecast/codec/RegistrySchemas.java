package dev.gatecast.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * The schemas of a registry, with those that they refer to. {@code GET /schemas/ids/ID} answers with members
 * {@code schema}, {@code schemaType} (left out for Avro) and {@code references}, each of which is had from {@code GET
 * /subjects/SUBJECT/versions/VERSION}.
 *
 * @param registry is asked
 */
record RegistrySchemas(SchemaRegistry registry) {
    private static final int MOST_REFERENCES = 200;

    Schema of(int id) throws UndecodableException {
        var answer = answer("/schemas/ids/" + id);
        var texts = new LinkedHashMap<String, String>();
        refer(answer, texts, 0);
        texts.put("", text(answer));
        return AvroReader.schema(List.copyOf(texts.values()));
    }

    /** Collects what an answer refers to, what is needed first first. */
    private void refer(JsonNode answer, Map<String, String> texts, int depth) throws UndecodableException {
        for (var reference : answer.path("references")) {
            var path = "/subjects/" + encoded(Json.text(reference, "subject")) + "/versions/"
                    + Json.whole(reference, "version");
            if (texts.containsKey(path)) {
                continue;
            }
            if (depth + texts.size() > MOST_REFERENCES) {
                throw new UndecodableException("at most " + MOST_REFERENCES + " references were expected");
            }
            var referred = answer(path);
            refer(referred, texts, depth + 1);
            texts.put(path, text(referred));
        }
    }

    private JsonNode answer(String path) throws UndecodableException {
        var bytes = registry.get(path);
        if (bytes == null) {
            throw new UndecodableException("the registry " + registry.name() + " knows nothing of " + path);
        }
        try {
            return Json.object(bytes);
        } catch (UndecodableException e) {
            throw new UndecodableException("answer of " + registry.name() + path + ": " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode answer) throws UndecodableException {
        var type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UndecodableException("a schema of type AVRO was expected, not " + Shown.of(type));
        }
        return Json.text(answer, "schema");
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
