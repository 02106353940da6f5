package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatecast.source.BadSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelChoiceTest {
    @Test
    void readsWhatIsGivenAfterTheColon() {
        assertEquals(new ModelChoice.Pinned("abcd12"), ModelChoice.parse("pinned:ABCD12"));
        assertEquals(new ModelChoice.FromFile(Path.of("a/b:c")), ModelChoice.parse("file:a/b:c"));
    }

    @Test
    void refusesWhatIsNoChoice() {
        for (var text : List.of("", "file:", "pinned:xyz", "pinned:", "newest")) {
            assertThrows(BadSource.class, () -> ModelChoice.parse(text));
        }
    }
}
