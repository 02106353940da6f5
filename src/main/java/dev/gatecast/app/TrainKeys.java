package dev.gatecast.app;

import dev.gatecast.model.Attention;
import dev.gatecast.model.CellKind;
import dev.gatecast.model.Initialiser;
import java.util.Arrays;
import java.util.List;

/** The keys of the trainer, the chapter of the configuration that is longest. */
final class TrainKeys {
    private TrainKeys() {}

    static void declare(KeyGroup group) {
        group.text("train.from", "", KeyChecks.TIME_OR_EMPTY, "First time to train on; empty for the topic's start.")
                .text("train.to", "", KeyChecks.TIME_OR_EMPTY, "Time to train up to; empty for the topic's end.")
                .text("train.every", "PT6H", KeyChecks.DURATION, "Time between two trainings of `train --every`.")
                .text(
                        "train.tune",
                        "none",
                        KeyChecks.DURATION_OR_NONE,
                        "Time in which hidden size, layers, learning rate and window are searched for before the first training, in"
                                + " place of the set ones; it does not go on from a champion then. none for no search.")
                .word(
                        "train.cell",
                        "gru",
                        Arrays.stream(CellKind.values()).map(CellKind::text).toList(),
                        "Recurrent cell: gru with the reset after the product, gru-classic with it before, lstm, or rnn with"
                                + " a tangent.")
                .whole("train.layers", 1, 1, 4, "Layers of the cell.")
                .whole("train.hidden", 48, 1, 1_024, "Length of each layer's hidden state.")
                .word(
                        "train.start",
                        "zero",
                        List.of("zero", "learned"),
                        "Hidden state before an entity's first step: zeros, or learned with the rest.")
                .word(
                        "train.attention",
                        "none",
                        Arrays.stream(Attention.values()).map(Attention::text).toList(),
                        "How the head looks back at the last hidden states; each one is kept in every entity's state.")
                .flag(
                        "train.state.decay",
                        false,
                        "Whether the hidden state fades with the time since the last tick, as fast as training finds best;"
                                + " for ticks without a cadence.")
                .whole("train.attention.memory", 12, 1, 1_024, "Hidden states that attention looks back at.")
                .word(
                        "train.head",
                        "quantiles",
                        List.of("quantiles", "gaussian", "student-t", "direction"),
                        "What the head learns: the quantiles themselves, a distribution that has them, or quantiles and how"
                                + " likely the value moves down, stays or moves up.")
                .text(
                        "train.degrees",
                        "auto",
                        KeyChecks.wholeOrAuto(1, 1_000),
                        "Degrees of freedom of student-t; the fewer, the heavier the tails. auto: learned with the rest.")
                .real(
                        "train.direction.down",
                        -0.25,
                        -100,
                        100,
                        "With direction: a move below it, in the entity's recent deviations, is down.")
                .real("train.direction.up", 0.25, -100, 100, "With direction: a move above it is up.")
                .whole("train.units", 128, 1, 4_096, "Hidden units of the head.")
                .flag(
                        "train.linear.start",
                        true,
                        "Whether the linear path starts from ridge regression; if not, from nothing.")
                .whole(
                        "train.networks",
                        1,
                        1,
                        16,
                        "Networks trained from different seeds, whose forecasts are averaged.")
                .word(
                        "train.initial",
                        "pytorch",
                        Arrays.stream(Initialiser.values())
                                .map(Initialiser::text)
                                .toList(),
                        "How the weights of the cell are drawn at first: PyTorch's uniform numbers, or Glorot's with"
                                + " orthogonal recurrent kernels and no bias.")
                .real("train.l2.input", 0, 0, 1, "L2 penalty of the cell's weights of its inputs.")
                .real("train.l2.recurrent", 0, 0, 1, "L2 penalty of the cell's weights of its state.")
                .real("train.l2.head", 0, 0, 1, "L2 penalty of the weights of the head's hidden layer and outputs.")
                .real("train.l2.skip", 0, 0, 1, "L2 penalty of the weights of the head's linear path.")
                .real("train.l2.bias", 0, 0, 1, "L2 penalty of all biases.")
                .real("train.l2.attention", 0, 0, 1, "L2 penalty of attention's weights.")
                .real("train.l2.start", 0, 0, 1, "L2 penalty of the learned start.")
                .real("train.l2.decay", 0, 0, 1, "L2 penalty of the state decay's weights.")
                .real("train.l2.category", 0, 0, 1, "L2 penalty of what is learned of categories.")
                .real(
                        "train.dropout",
                        0.1,
                        0,
                        0.9,
                        "Share of hidden values dropped in training, at the head and between layers.")
                .text(
                        "train.iterations",
                        "auto",
                        KeyChecks.wholeOrAuto(1, 1_000_000),
                        "Training steps of each network; auto: 1,200, fewer where that would take longer than some ten"
                                + " minutes of one core. What does best on held-out data is kept.")
                .text(
                        "train.batch",
                        "auto",
                        KeyChecks.wholeOrAuto(1, 4_096),
                        "Windows per training step; auto: 32, from 100,000 rows on 64.")
                .whole("train.window", 144, 2, 10_000, "Steps per window, along which errors go back.")
                .word(
                        "train.state",
                        "zero",
                        List.of("zero", "carried"),
                        "Hidden state that a window begins with: zeros, or that of the window before it, which it then"
                                + " goes on from.")
                .text(
                        "train.learning.rate",
                        "auto",
                        KeyChecks.numberOrAuto(1e-7, 1),
                        "Largest learning rate; auto: from 0.001 to 0.006, with the root of the rows.")
                .whole(
                        "train.rise",
                        100,
                        0,
                        1_000_000,
                        "Training steps over which the rate rises; then it falls along a cosine.")
                .real("train.decay", 0.01, 0, 0.999, "Weight decay of AdamW; 0 is Adam.")
                .real("train.clip", 1, 1e-6, 1e6, "Norm over all tensors that a gradient is clipped to.")
                .real(
                        "train.average",
                        0.995,
                        0,
                        0.99999,
                        "What the running average of the weights, which is what is kept, keeps of itself at a step; 0 for"
                                + " the weights themselves.")
                .whole(
                        "train.patience",
                        0,
                        0,
                        10_000,
                        "Looks at held-out data, ten or more in a training, without a better network after which it"
                                + " stops; 0: it does not stop early.")
                .text(
                        "train.warm.iterations",
                        "auto",
                        KeyChecks.wholeOrAuto(0, 1_000_000),
                        "Training steps where training goes on from the champion, as it does where sizes and features are"
                                + " the same; auto: as many as from nothing; 0: it always starts from nothing.")
                .real(
                        "train.old.share",
                        1,
                        0,
                        1,
                        "Where training goes on from the champion: share of the windows that lie in ticks the champion was"
                                + " trained on, the others in newer ones; 1: all ticks alike.")
                .whole("train.seed", 1, 0, Long.MAX_VALUE, "Seed: same ticks and seed, same bytes.")
                .whole("train.threads", 1, 1, 256, "Threads; their number does not change the result.")
                .real(
                        "train.validation",
                        0.1,
                        0.01,
                        0.5,
                        "Latest part of the ticks, as a fraction of the time, kept for the gate.")
                .real(
                        "train.gate.margin",
                        0,
                        0,
                        1,
                        "Part of the loss by which a new model has to beat the champion, the last value and the seasonal"
                                + " naive; 0.01 for one in a hundred.")
                .real(
                        "train.gate.p",
                        1,
                        1e-6,
                        1,
                        "Largest p-value of the paired test with the champion at which a new model is used; 1: the"
                                + " p-value is only reported.")
                .whole(
                        "train.entities",
                        10_000,
                        1,
                        10_000_000,
                        "Entities to train on at most; a sample is drawn where there are more.")
                .text(
                        "train.history",
                        "none",
                        KeyChecks.DURATION_OR_NONE,
                        "Only ticks of so much time before the newest are trained on; none for no limit.")
                .whole(
                        "train.memory",
                        256,
                        1,
                        1_000_000,
                        "Megabytes that ticks may take, 16 bytes a tick with one field and 8 more for each other; beyond it"
                                + " entities are sampled, and the last 32 lose their oldest ticks. A training takes four"
                                + " times as much in all.")
                .text(
                        "train.activation.margin",
                        "none",
                        KeyChecks.DURATION_OR_NONE,
                        "Event time between the newest tick seen and the one from which a new model is used; none: a step of the"
                                + " model, or an hour where it has no cadence.");
    }
}
