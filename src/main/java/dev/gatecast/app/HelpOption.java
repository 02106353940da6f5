package dev.gatecast.app;

import picocli.CommandLine.Option;

/** {@code --help}, for every command. */
final class HelpOption {
    @Option(names = "--help", usageHelp = true, description = "Explains the command.")
    private boolean help;
}
