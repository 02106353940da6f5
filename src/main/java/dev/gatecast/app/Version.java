package dev.gatecast.app;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What runs here: this program's version, the Java runtime and Kafka's clients. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "gatecast " + of(Main.class),
            "java " + Runtime.version(),
            "kafka-clients " + org.apache.kafka.common.utils.AppInfoParser.getVersion()
        };
    }

    /** The program's version alone. */
    static String number() {
        return of(Main.class);
    }

    /** The version in the jar's manifest; classes outside a jar have none. */
    private static String of(Class<?> type) {
        return Objects.requireNonNullElse(type.getPackage().getImplementationVersion(), "(not packaged)");
    }
}
