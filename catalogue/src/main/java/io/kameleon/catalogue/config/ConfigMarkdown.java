package io.kameleon.catalogue.config;

import java.util.ArrayList;
import java.util.List;

/** Renders the table of keys for {@code docs/configuration.md}. */
final class ConfigMarkdown {
    private ConfigMarkdown() {}

    /** The tables of {@code docs/configuration.md}: one per section, in the file's order. */
    static String markdown() {
        var text = new StringBuilder();
        ConfigReference.sections().forEach((prefix, title) -> {
            text.append("### ").append(title).append("\n\n| Key | Allowed | Default | Meaning |\n|---|---|---|---|\n");
            for (ConfigKey key : keysOf(prefix)) {
                text.append("| `%s` | %s | %s | %s |%n"
                        .formatted(
                                key.path(),
                                key.allowed().replace("|", "\\|"),
                                key.fallback().isEmpty() ? "**required**" : key.fallback(),
                                key.meaning()));
            }
            text.append('\n');
        });
        return text.toString().stripTrailing() + "\n";
    }

    private static List<ConfigKey> keysOf(String prefix) {
        var keys = new ArrayList<ConfigKey>();
        for (ConfigKey key : ConfigReference.keys()) {
            if (prefix.equals(sectionOf(key.path()))) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static String sectionOf(String path) {
        String longest = "";
        for (String prefix : ConfigReference.sections().keySet()) {
            if ((path + ".").startsWith(prefix + ".") && prefix.length() > longest.length()) {
                longest = prefix;
            }
        }
        return longest;
    }
}
