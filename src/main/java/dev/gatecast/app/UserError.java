package dev.gatecast.app;

import java.util.List;

/** What the user has to change, one line each. The process prints the lines and ends with exit code 2. */
final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UserError(String line) {
        super(line);
    }

    UserError(List<String> lines) {
        this(String.join(System.lineSeparator(), lines));
    }
}
