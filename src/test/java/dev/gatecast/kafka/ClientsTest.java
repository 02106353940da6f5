package dev.gatecast.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ClientsTest {
    @Test
    void aHostThatDoesNotResolveIsOneLineThatNamesTheSetting() {
        for (var message : messages(Clients.of("nosuchhost.invalid:9092"))) {
            assertEquals(
                    "bootstrap.servers=nosuchhost.invalid:9092: No resolvable bootstrap urls given in bootstrap.servers;"
                            + " set it to the host:port of brokers that this machine can look up",
                    message);
        }
    }

    @Test
    void anAddressWithoutAPortIsOneLineThatNamesTheSetting() {
        for (var message : messages(Clients.of("localhost"))) {
            assertTrue(
                    message.startsWith("bootstrap.servers=localhost: Invalid url in bootstrap.servers: localhost;"),
                    message);
        }
    }

    @Test
    void anotherSettingThatIsWrongIsNotBlamedOnTheAddress() {
        for (var message : messages(new Clients("localhost:9092", Map.of("kafka.security.protocol", "NONE")))) {
            assertTrue(message.contains("security.protocol"), message);
            assertTrue(message.endsWith("; check the settings under kafka., admin., consumer. and producer."), message);
            assertEquals(1, message.lines().count(), message);
        }
    }

    private static List<String> messages(Clients clients) {
        return List.of(message(clients::admin), message(clients::consumer), message(clients::producer));
    }

    private static String message(Executable construction) {
        return String.valueOf(assertThrows(KafkaProblem.class, construction).getMessage());
    }
}
