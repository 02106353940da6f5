package dev.gatecast.app;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes picocli's objects; those that read the environment get the one that was handed in. */
record CommandFactory(Map<String, String> environment) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == ConfigOptions.class) {
            return type.cast(new ConfigOptions(environment));
        }
        return CommandLine.defaultFactory().create(type);
    }
}
