package dev.gatecast.topology;

import dev.gatecast.codec.ActivationCodec;
import dev.gatecast.codec.AlertCodec;
import dev.gatecast.codec.Codec;
import dev.gatecast.codec.ForecastCodec;
import dev.gatecast.codec.Format;
import dev.gatecast.codec.ModelCodec;
import dev.gatecast.codec.StateCodec;
import dev.gatecast.codec.TickCodec;
import dev.gatecast.codec.TickFormat;
import dev.gatecast.event.Alert;
import dev.gatecast.event.Forecast;
import dev.gatecast.forecast.Activation;
import dev.gatecast.forecast.EntityState;
import dev.gatecast.forecast.Model;
import java.util.function.Supplier;

/**
 * How everything that crosses a topic or lies in a store becomes bytes.
 *
 * @param ticks ticks as the user's topic has them
 * @param forecasts forecasts, Avro or JSON
 * @param alerts alerts, Avro or JSON
 * @param models models on their topic
 * @param activations activations on their topic
 * @param states makes a codec of entity states in their store and its changelog, one per store since it need not be
 *     thread-safe
 */
public record Formats(
        TickCodec ticks,
        Codec<Forecast> forecasts,
        Codec<Alert> alerts,
        Codec<Model> models,
        Codec<Activation> activations,
        Supplier<? extends Codec<EntityState>> states) {

    /**
     * The formats of a release.
     *
     * @param ticks what the ticks topic looks like
     * @param output how forecasts and alerts are written
     */
    public static Formats of(TickFormat ticks, Format output) {
        return new Formats(
                new TickCodec(ticks),
                new ForecastCodec(output),
                new AlertCodec(output),
                new ModelCodec(),
                new ActivationCodec(),
                StateCodec::new);
    }
}
