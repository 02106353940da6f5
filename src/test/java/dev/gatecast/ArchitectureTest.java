package dev.gatecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the package table of docs/decisions/001-layout.md: who may import whom, and which library is seen where. */
class ArchitectureTest {
    private static final String BASE = "dev.gatecast.";

    /** Package to the packages of ours that it may import. */
    private static final Map<String, Set<String>> OURS = Map.ofEntries(
            Map.entry("event", Set.of()),
            Map.entry("model", Set.of()),
            Map.entry("feature", Set.of("event")),
            Map.entry("score", Set.of("event")),
            Map.entry("forecast", Set.of("event", "model", "feature", "score")),
            Map.entry("codec", Set.of("event", "model", "feature", "score", "forecast")),
            Map.entry("kafka", Set.of("event", "forecast", "codec")),
            Map.entry("source", Set.of("event", "feature", "codec", "kafka")),
            Map.entry("topology", Set.of("event", "forecast", "codec", "kafka")),
            Map.entry("trainer", Set.of("event", "model", "feature", "forecast", "codec", "source", "kafka")),
            Map.entry("backtest", Set.of("event", "feature", "score", "forecast", "codec", "source", "kafka")),
            Map.entry("broker", Set.of()),
            Map.entry("server", Set.of("event", "topology")),
            Map.entry(
                    "app",
                    Set.of(
                            "event",
                            "model",
                            "feature",
                            "score",
                            "forecast",
                            "codec",
                            "kafka",
                            "source",
                            "topology",
                            "trainer",
                            "backtest",
                            "broker",
                            "server")));

    /** Library (package prefix) to the packages of ours that may see it. */
    private static final Map<String, Set<String>> LIBRARIES = Map.ofEntries(
            Map.entry("org.ejml", Set.of("model", "forecast", "codec", "trainer", "backtest")),
            Map.entry("org.apache.avro", Set.of("codec", "kafka")),
            Map.entry("io.jhdf", Set.of("codec")),
            Map.entry("com.fasterxml.jackson", Set.of("codec", "server", "backtest", "app")),
            Map.entry("org.apache.kafka.streams", Set.of("topology", "server")),
            Map.entry("org.apache.kafka.clients", Set.of("kafka", "source", "topology", "trainer", "app")),
            Map.entry("kafka", Set.of("broker")),
            Map.entry("org.apache.kafka.server", Set.of("broker")),
            Map.entry("io.javalin", Set.of("server")),
            Map.entry("picocli", Set.of("app")),
            Map.entry("de.siegmar.fastcsv", Set.of("codec", "source", "backtest", "app")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.gatecast");

    @Test
    void everyImportIsInTheTable() {
        var wrong = new TreeSet<String>();
        imports().forEach(import_ -> {
            var from = packageOf(import_.getOriginClass());
            var to = packageOf(import_.getTargetClass());
            if (to != null
                    && !to.equals(from)
                    && !OURS.getOrDefault(from, Set.of()).contains(to)) {
                wrong.add(from + " -> " + to + ": " + import_.getDescription());
            }
        });
        assertEquals(Set.of(), wrong);
    }

    @Test
    void everyLibraryIsSeenOnlyWhereTheTableSays() {
        var wrong = new TreeSet<String>();
        imports().forEach(import_ -> {
            var from = packageOf(import_.getOriginClass());
            var target = import_.getTargetClass().getPackageName() + ".";
            LIBRARIES.forEach((library, seers) -> {
                if (target.startsWith(library + ".") && !seers.contains(from)) {
                    wrong.add(from + " -> " + library + ": " + import_.getDescription());
                }
            });
        });
        assertEquals(Set.of(), wrong);
    }

    @Test
    void everyPackageIsInTheTable() {
        var packages = CLASSES.stream()
                .map(ArchitectureTest::packageOf)
                .filter(name -> name != null)
                .collect(Collectors.toCollection(TreeSet::new));
        assertFalse(packages.isEmpty(), "no classes were read");
        packages.removeAll(OURS.keySet());
        assertEquals(Set.of(), packages);
    }

    @Test
    void theCoreReadsNoClockNoDefaultLocaleAndNoPlatformMathematics() {
        var core = Set.of("event", "model", "feature", "score", "forecast");
        var banned = List.of(
                "java.lang.Math.exp(",
                "java.lang.Math.tanh(",
                "java.lang.Math.log(",
                "java.lang.Math.log10(",
                "java.lang.Math.log1p(",
                "java.lang.Math.expm1(",
                "java.lang.Math.pow(",
                "java.lang.Math.sin(",
                "java.lang.Math.cos(",
                "java.lang.Math.random(",
                "java.lang.System.currentTimeMillis(",
                "java.lang.System.nanoTime(",
                "java.time.Instant.now(",
                "java.time.Clock.systemUTC(",
                "java.util.Locale.getDefault(",
                "java.time.ZoneId.systemDefault(");
        var wrong = CLASSES.stream()
                .filter(type -> core.contains(String.valueOf(packageOf(type))))
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> banned.stream().anyMatch(call.getTarget().getFullName()::startsWith))
                .map(Object::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), wrong);
    }

    private static Stream<Dependency> imports() {
        return CLASSES.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
    }

    /** The first part after the base package; null for a class that is not ours. */
    private static String packageOf(JavaClass type) {
        var name = type.getPackageName();
        if (!name.startsWith(BASE)) {
            return null;
        }
        var rest = name.substring(BASE.length());
        var dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
