package dev.gatecast.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TradesTest {
    @Test
    void aTradeIsMadeOnlyBeyondTheCostAndPaysIt() {
        var trades = new Trades(Cost.parse("1"), 2);
        trades.add(1, 100, 103, 105); // bought: 5 - 1
        trades.add(1, 100, 97, 101); // sold: -1 - 1, wrong direction
        trades.add(1, 100, 100.5, 110); // right direction, not worth its cost
        trades.add(1, 100, 100, 110); // no direction
        trades.add(2, 100, 90, 90); // sold: 10 - 1
        var first = trades.metrics(1, 1);
        assertEquals(3, first.directions());
        assertEquals(2.0 / 3, first.right(), 1e-12);
        assertEquals(2, first.trades());
        assertEquals(0.5, first.won());
        assertEquals(2, first.profit(), 1e-12);
        assertEquals(1, first.each(), 1e-12);
        assertEquals(11, trades.metrics(1, 2).profit(), 1e-12);
    }

    @Test
    void aShareIsOfTheValueAtTheOpeningAndNotOfNothing() {
        var trades = new Trades(Cost.parse("1%"), 1);
        trades.add(1, 200, 210, 210);
        trades.add(1, 0, 10, 10);
        trades.add(1, -5, 10, 10);
        assertEquals(1, trades.metrics(1, 1).trades());
        assertEquals(0.04, trades.metrics(1, 1).profit(), 1e-12);
        assertTrue(Double.isNaN(new Trades(Cost.parse("1%"), 1).metrics(1, 1).each()));
    }

    @Test
    void aCostIsANumberOfAtLeastNothing() {
        assertThrows(IllegalArgumentException.class, () -> Cost.parse("-1"));
        assertThrows(IllegalArgumentException.class, () -> Cost.parse("NaN%"));
        var thrown = assertThrows(IllegalArgumentException.class, () -> Cost.parse("cheap"));
        assertTrue(thrown.toString().contains("0.1%) expected, got cheap"), thrown::toString);
    }
}
