package dev.gatecast.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadTest {
    @ParameterizedTest
    @CsvSource({
        "48, 336, 8, 128, 24, 9",
        "64, 168, 8, 64, 24, 9",
        "32, 41, 3, 100, 12, 9",
        "48, 96, 0, 0, 24, 9",
        "5, 0, 2, 7, 3, 1"
    })
    void aLiveHeadHasTheBitsOfABatchs(int hidden, int profile, int extras, int units, int horizons, int numbers) {
        var shape = new Architecture.Head(profile, extras, units, horizons, numbers);
        var all = new Architecture(CellKind.GRU, 4, hidden, 1, shape);
        var network = RandomNetworks.network(all, 1);
        var head = new Head(all);
        var tensors = network.tensors();
        head.load(name -> Objects.requireNonNull(tensors.get(name)).data);
        var random = new Random(2);
        var live = HeadWork.live(head);
        var batch = new HeadWork(head, 1);
        for (var round = 0; round < 3; round++) {
            var h = RandomNetworks.numbers(hidden + 3, 1, random);
            var recent = RandomNetworks.numbers(profile, 2, random);
            var further = RandomNetworks.numbers(extras, 1, random);
            for (var work : new HeadWork[] {live, batch}) {
                head.first(h, 3, recent, 0, further, 0, work, 1);
                head.second(h, 3, work, 1);
            }
            assertArrayEquals(batch.out()[0], live.out()[0]);
            assertArrayEquals(batch.active(), live.active());
        }
    }
}
