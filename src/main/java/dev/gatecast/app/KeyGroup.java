package dev.gatecast.app;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The keys of one chapter of the configuration, declared in the order in which the reference page shows them. */
final class KeyGroup {
    private final ConfigDef keys;
    private final String title;
    private int order;

    KeyGroup(ConfigDef keys, String title) {
        this.keys = keys;
        this.title = title;
    }

    /** Any text. */
    KeyGroup text(String key, String byDefault, String doc) {
        return define(key, Type.STRING, byDefault, KeyChecks.ANY, doc);
    }

    /** Text that a check accepts. */
    KeyGroup text(String key, String byDefault, Validator check, String doc) {
        return define(key, Type.STRING, byDefault, check, doc);
    }

    /** One of the given words. */
    KeyGroup word(String key, String byDefault, List<String> words, String doc) {
        return define(key, Type.STRING, byDefault, ConfigDef.ValidString.in(words.toArray(new String[0])), doc);
    }

    /** Items separated by commas. */
    KeyGroup list(String key, String byDefault, Validator check, String doc) {
        return define(key, Type.LIST, byDefault, check, doc);
    }

    /** A whole number within bounds, both included. */
    KeyGroup whole(String key, long byDefault, long least, long most, String doc) {
        return define(key, Type.LONG, byDefault, KeyChecks.between(least, most), doc);
    }

    /** A number within bounds, both included. */
    KeyGroup real(String key, double byDefault, double least, double most, String doc) {
        return define(key, Type.DOUBLE, byDefault, KeyChecks.between(least, most), doc);
    }

    /** True or false. */
    KeyGroup flag(String key, boolean byDefault, String doc) {
        return define(key, Type.BOOLEAN, byDefault, KeyChecks.ANY, doc);
    }

    private KeyGroup define(String key, Type type, Object byDefault, Validator check, String doc) {
        if (doc.isBlank()) {
            throw new ConfigException("key " + key + " has no documentation");
        }
        keys.define(key, type, byDefault, check, Importance.MEDIUM, doc, title, ++order, Width.MEDIUM, key);
        return this;
    }
}
