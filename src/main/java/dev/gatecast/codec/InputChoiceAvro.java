package dev.gatecast.codec;

import dev.gatecast.feature.Input;
import dev.gatecast.feature.InputChoice;
import dev.gatecast.feature.InputChoice.Scale;
import java.io.IOException;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;

/** What a model's inputs are scaled by, after their names. */
final class InputChoiceAvro {
    private static final String STANDARD = "STANDARD";
    private static final String RECENT = "RECENT";
    private static final String FIXED = "FIXED";

    private InputChoiceAvro() {}

    static void write(InputChoice choice, BinaryEncoder out) throws IOException {
        var name = STANDARD;
        var mean = 0.0;
        var deviation = 0.0;
        if (choice instanceof InputChoice.Listed listed) {
            name = RECENT;
            if (listed.scale() instanceof Scale.Fixed fixed) {
                name = FIXED;
                mean = fixed.mean();
                deviation = fixed.deviation();
            }
        }
        out.writeString(name);
        out.writeDouble(mean);
        out.writeDouble(deviation);
    }

    static InputChoice read(InputChoice.Standard standard, List<String> names, BinaryDecoder in)
            throws IOException, UndecodableException {
        var name = in.readString();
        var mean = in.readDouble();
        var deviation = in.readDouble();
        return switch (name) {
            case STANDARD -> standard;
            case RECENT -> listed(new Scale.Recent(), names);
            case FIXED -> listed(new Scale.Fixed(mean, deviation), names);
            default ->
                throw new UndecodableException(
                        "inputScale: STANDARD, RECENT or FIXED was expected, not " + Shown.of(name));
        };
    }

    private static InputChoice listed(Scale scale, List<String> names) {
        return new InputChoice.Listed(scale, names.stream().map(Input::of).toList());
    }
}
