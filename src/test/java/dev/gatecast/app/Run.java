package dev.gatecast.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/**
 * A command that was run in this process.
 *
 * @param exit its exit code
 * @param out what it printed
 * @param err what it printed on the error output
 */
record Run(int exit, String out, String err) {
    static Run of(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exit = Main.run(arguments, Map.of(), new PrintWriter(out, true), new PrintWriter(err, true));
        return new Run(exit, out.toString(), err.toString());
    }
}
