package dev.gatecast.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatecast.codec.UndecodableException;
import java.net.ConnectException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UserDeserializerTest {
    private static final byte[] ONE = {1};

    /** Says what it was given. */
    public static final class Telling implements Deserializer<Object> {
        private @Nullable Object setting;

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            setting = isKey ? "key" : configs.get("acme.setting");
        }

        @Override
        public Object deserialize(String topic, byte[] data) {
            return data.length == 0 ? this : topic + " " + setting + " " + data.length;
        }
    }

    /** Fails as its first byte says. */
    public static final class Failing implements Deserializer<String> {
        @Override
        public String deserialize(String topic, byte[] data) {
            var cause = data[0] == 0 ? new ConnectException("registry gone") : new IllegalStateException("odd byte");
            throw new SerializationException("could not", cause);
        }
    }

    /** Wants a setting. */
    public static final class Wanting implements Deserializer<String> {
        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            throw new IllegalArgumentException("schema.registry.url is missing");
        }

        @Override
        public String deserialize(String topic, byte[] data) {
            return "";
        }
    }

    private static UserDeserializer of(String name) {
        return UserDeserializer.of(name, Map.of("acme.setting", "yes"), "trades");
    }

    @Test
    void givesWhatTheClassGives() throws UndecodableException {
        assertEquals("trades yes 1", of(Telling.class.getName()).unwrap(ONE));
    }

    @Test
    void eachThreadHasItsOwnInstance() throws Exception {
        var deserializer = of(Telling.class.getName());
        var mine = deserializer.unwrap(new byte[0]);
        assertSame(mine, deserializer.unwrap(new byte[0]));
        var theirs = new CompletableFuture<Object>();
        var thread = new Thread(() -> {
            try {
                theirs.complete(deserializer.unwrap(new byte[0]));
            } catch (UndecodableException e) {
                theirs.completeExceptionally(e);
            }
        });
        thread.start();
        assertNotSame(mine, theirs.get());
        thread.join();
    }

    @Test
    void aBadValueIsTheValuesFaultAndAMissingServerIsNot() {
        var deserializer = of(Failing.class.getName());
        var odd = assertThrows(UndecodableException.class, () -> deserializer.unwrap(ONE));
        assertEquals(Failing.class.getName() + ": java.lang.IllegalStateException: odd byte", odd.getMessage());
        var gone = assertThrows(ReadProblem.class, () -> deserializer.unwrap(new byte[1]));
        assertTrue(String.valueOf(gone.getMessage()).contains("registry gone"), gone.getMessage());
    }

    @Test
    void aClassThatCannotBeUsedIsRefusedAtOnce() {
        refused("acme.Nowhere", "not found on the class path");
        refused("java.lang.String", "a class that implements org.apache.kafka.common.serialization.Deserializer");
        refused(
                Wanting.class.getName(),
                "schema.registry.url is missing; it gets the settings under kafka. and consumer.");
    }

    private static void refused(String name, String part) {
        var problem = assertThrows(KafkaProblem.class, () -> of(name));
        assertTrue(String.valueOf(problem.getMessage()).startsWith("ticks.deserializer=" + name), problem.getMessage());
        assertTrue(String.valueOf(problem.getMessage()).contains(part), problem.getMessage());
    }
}
