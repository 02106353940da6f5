package dev.gatecast.trainer;

import dev.gatecast.feature.Categories;
import dev.gatecast.feature.Encoded;
import dev.gatecast.feature.Encoder;
import dev.gatecast.model.Backprop;
import dev.gatecast.model.Batch;
import dev.gatecast.trainer.TrainerSettings.Batches;
import dev.gatecast.trainer.WindowSampler.Draw;
import dev.gatecast.trainer.WindowSampler.Window;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Encodes windows into one batch, whose arrays it fills anew each time. Where the model tells categories apart, every
 * {@value #UNTOLD_EVERY}th window hides its entity's, so that the row of the others is that of an entity of any kind; where
 * it sees values to come, every {@value #UNFORESEEN_EVERY}th hides those, so that it knows what to do without.
 */
final class BatchFiller {
    private static final int UNTOLD_EVERY = 11;
    private static final int UNFORESEEN_EVERY = 13;

    private final Prepared data;
    private final Batches batches;
    private final Batch batch;
    private final int inputs;
    private final int firstOrigin; // least step of a forecast
    private final int[] categories; // (windows), empty where the model knows none
    private final boolean[] foreseen; // (windows), whether values to come are shown
    private long filled; // windows so far
    private final float[] states; // that the windows begin with, (windows, stateSize); empty where none is carried

    /** @param stateSize of the network's state */
    BatchFiller(Prepared data, Batches batches, int stateSize) {
        this.data = data;
        this.batches = batches;
        int windows = batches.windows();
        states = new float[batches.carried() ? windows * stateSize : 0];
        categories = new int[data.spec().context().categories().rows() == 0 ? 0 : windows];
        foreseen = new boolean[windows];
        inputs = data.spec().inputs();
        firstOrigin = batches.carried() ? 0 : batches.burnIn();
        int origins = (batches.length() - firstOrigin) / batches.stride();
        int forecasts = origins * windows;
        var scored = new Batch.Scored(
                new int[origins],
                new float[forecasts * data.seen()],
                new float[forecasts * data.spec().extras()],
                new float[forecasts * data.horizons()],
                new float[forecasts]);
        var x = new float[batches.length() * windows * inputs];
        batch = new Batch(batches.length(), windows, x, states, scored, new int[0], categories);
    }

    /** Windows that do not go on begin with zeros. */
    private void forgetStates(Draw draw) {
        int size = states.length / batch.size();
        for (int lane = 0; size > 0 && lane < batch.size(); lane++) {
            if (!draw.windows().get(lane).carried()) {
                Arrays.fill(states, lane * size, (lane + 1) * size, 0f);
            }
        }
    }

    /** Decides what each window hides. */
    private void hide(Draw draw) {
        for (int lane = 0; lane < foreseen.length; lane++) {
            filled++;
            foreseen[lane] = filled % UNFORESEEN_EVERY != 0;
            if (categories.length > 0) {
                var columns = draw.windows().get(lane).entity().columns();
                boolean told = filled % UNTOLD_EVERY != 0;
                categories[lane] = told ? data.encoder().category(columns) : Categories.OTHER;
            }
        }
    }

    /** Keeps the states that the last batch ended with for the windows that go on. {@code backprop} has run over it. */
    void carry(Backprop backprop) {
        if (states.length > 0) {
            backprop.ends(batch, states);
        }
    }

    /**
     * The windows as a batch, valid until the next call.
     *
     * @param workers share the windows
     */
    Batch fill(Draw draw, Workers workers) {
        Arrays.fill(batch.x(), 0f);
        Arrays.fill(batch.scored().profile(), 0f);
        Arrays.fill(batch.scored().weight(), 0f);
        var origins = batch.scored().origins();
        for (int k = 0; k < origins.length; k++) {
            origins[k] = firstOrigin + draw.offset() + k * batches.stride();
        }
        forgetStates(draw);
        hide(draw);
        var lanes = IntStream.range(0, draw.windows().size()).boxed().toList();
        workers.all(lanes, lane -> fill(draw.windows().get(lane), lane));
        return batch;
    }

    private int fill(Window window, int lane) {
        var encoded = new Encoded(data.spec());
        var origins = batch.scored().origins();
        int next = 0;
        for (int step = 0; step < batch.steps(); step++) {
            int end = window.start() + step + 1;
            boolean known = end <= window.entity().past().fitEnd();
            boolean origin = next < origins.length && origins[next] == step;
            if (known) {
                encode(window, end, encoded);
                System.arraycopy(encoded.inputs(), 0, batch.x(), (step * batch.size() + lane) * inputs, inputs);
            }
            if (origin) {
                if (window.carried() || step >= batches.burnIn()) {
                    fillForecast(window, end, next * batch.size() + lane, encoded);
                }
                next++;
            }
        }
        return next;
    }

    /** A forecast with too few values before it, or a target that is held out, keeps weight 0. */
    private void fillForecast(Window window, int end, int at, Encoded encoded) {
        var entity = window.entity();
        if (end - window.birth() < data.profile() || end > entity.lastFitEnd(data.horizons())) {
            return;
        }
        var scored = batch.scored();
        data.encoder().profileAt(entity.columns(), end, end - window.birth(), encoded);
        if (!foreseen[at % batch.size()]) {
            data.encoder().hideFuture(encoded);
        }
        copy(encoded.profile(), scored.profile(), at);
        copy(encoded.extras(), scored.extras(), at);
        for (int h = 0; h < data.horizons(); h++) {
            scored.target()[at * data.horizons() + h] =
                    entity.past().guessed(end + h) ? Float.NaN : Encoder.scaled(entity.u()[end + h], encoded);
        }
        scored.weight()[at] = (float) data.weight(entity, encoded.spread());
    }

    private void encode(Window window, int end, Encoded encoded) {
        var entity = window.entity();
        data.encoder()
                .encodeAt(
                        entity.columns(),
                        end,
                        end - window.birth(),
                        entity.past().times()[end - 1],
                        encoded);
    }

    private static void copy(float[] from, float[] to, int at) {
        System.arraycopy(from, 0, to, at * from.length, from.length);
    }
}
