package io.kameleon.catalogue.config;

import io.kameleon.catalogue.config.ConfigValues.Parser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of the file with its place. Every method that meets something wrong notes a fault and goes on with the default, so
 * that one reading finds all faults. For one thread.
 */
final class ConfigNode {
    private static final String SECRET = "password";
    private static final int SHOWN_LENGTH_MAX = 80;

    private final ConfigReading reading;
    private final String path;
    private final String pattern;
    private final int line;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** @param node null for a section that is not in the file */
    ConfigNode(ConfigReading reading, String path, String pattern, int line, MappingNode node) {
        this.reading = reading;
        this.path = path;
        this.pattern = pattern;
        this.line = line;
        if (node != null) {
            node.getValue().forEach(this::addEntry);
        }
    }

    int line() {
        return line;
    }

    String path() {
        return path;
    }

    Set<String> names() {
        return entries.keySet();
    }

    /** The line of a key, or of the whole mapping when the key is absent. */
    int lineOf(String name) {
        Entry entry = entries.get(name);
        return entry == null ? line : entry.line;
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    void fault(String name, String text) {
        reading.fault(pathOf(name), lineOf(name), text);
    }

    void note(String name, String text) {
        reading.note(pathOf(name), lineOf(name), text);
    }

    /** The value, or {@code fallback} when the key is absent, empty or faulty. */
    <T> T read(String name, T fallback, Parser<T> parser) {
        return read(name, parser).orElse(fallback);
    }

    <T> Optional<T> read(String name, Parser<T> parser) {
        Entry entry = entries.get(name);
        if (entry == null || isNull(entry.value)) {
            return Optional.empty();
        }
        return scalar(placeOf(name, entry.value), entry.value, parser);
    }

    /** The value; {@code placeholder} with a fault when it is absent or faulty. */
    <T> T require(String name, T placeholder, Parser<T> parser) {
        requirePresent(name);
        return read(name, placeholder, parser);
    }

    Secret readSecret(String name) {
        return Secret.of(read(name, "", text -> text));
    }

    /** The mapping under a key; an empty one when the key is absent or empty. */
    ConfigNode section(String name) {
        Entry entry = entries.get(name);
        MappingNode node = null;
        if (entry != null && !isNull(entry.value)) {
            if (entry.value instanceof MappingNode mapping) {
                node = mapping;
            } else {
                fault(
                        name,
                        "is not a mapping; allowed: "
                                + ConfigReference.key(keyOf(name)).allowed());
            }
        }
        return new ConfigNode(reading, pathOf(name), keyOf(name), lineOf(name), node);
    }

    /** As {@link #section}, without a fault when something else stands there. */
    ConfigNode sectionIfMapping(String name) {
        Entry entry = entries.get(name);
        return new ConfigNode(
                reading,
                pathOf(name),
                keyOf(name),
                lineOf(name),
                entry != null && entry.value instanceof MappingNode mapping ? mapping : null);
    }

    ConfigNode requireSection(String name) {
        requirePresent(name);
        return section(name);
    }

    /** The items of a list, or a single value as a list of one; empty when the key is absent or empty. */
    <T> List<T> list(String name, Parser<T> parser) {
        Entry entry = entries.get(name);
        if (entry == null || isNull(entry.value)) {
            return List.of();
        }
        List<Node> nodes = entry.value instanceof SequenceNode sequence ? sequence.getValue() : List.of(entry.value);
        var items = new ArrayList<T>();
        for (Node node : nodes) {
            if (!isNull(node)) {
                scalar(placeOf(name, node), node, parser).ifPresent(items::add);
            }
        }
        return items;
    }

    /** The text of a value before anything is replaced in it; empty when the key is absent or no single value. */
    Optional<String> rawText(String name) {
        Entry entry = entries.get(name);
        return entry != null && entry.value instanceof ScalarNode scalar && !isNull(scalar)
                ? Optional.of(scalar.getValue())
                : Optional.empty();
    }

    /** Notes a fault for every key that the reference does not have here. */
    void refuseUnknownKeys() {
        Set<String> known = ConfigReference.namesUnder(pattern);
        for (String name : entries.keySet()) {
            if (!known.contains(name)) {
                fault(name, Suggestion.forUnknownKey(name, pattern, known));
            }
        }
    }

    private void addEntry(NodeTuple tuple) {
        int at = lineOf(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            reading.fault(path, at, "a key that is not a plain text");
            return;
        }
        Entry former = entries.put(key.getValue(), new Entry(at, tuple.getValueNode()));
        if (former != null) {
            reading.fault(pathOf(key.getValue()), at, "is given twice, before that in line " + former.line);
        }
    }

    private void requirePresent(String name) {
        Entry entry = entries.get(name);
        if (entry == null || isEmpty(entry.value)) {
            fault(
                    name,
                    "is missing; allowed: " + ConfigReference.key(keyOf(name)).allowed());
        }
    }

    private <T> Optional<T> scalar(Place place, Node node, Parser<T> parser) {
        if (!(node instanceof ScalarNode scalar)) {
            fault(place, "is not a single value" + place.allowed());
            return Optional.empty();
        }
        if (!scalar.getTag().startsWith(Tag.PREFIX)) {
            fault(place, "begins with a YAML tag (!); put the value in quotes");
            return Optional.empty();
        }
        return resolved(place, scalar.getValue()).flatMap(text -> parsed(place, scalar.getValue(), text, parser));
    }

    private Optional<String> resolved(Place place, String raw) {
        try {
            return Optional.of(reading.interpolation().resolve(raw));
        } catch (IllegalArgumentException e) {
            fault(place, e.getMessage());
            return Optional.empty();
        }
    }

    private <T> Optional<T> parsed(Place place, String raw, String text, Parser<T> parser) {
        try {
            return Optional.of(parser.parse(text));
        } catch (IllegalArgumentException e) {
            String detail = e.getMessage() == null || e.getMessage().isEmpty() ? "" : " (" + e.getMessage() + ")";
            fault(place, place.shown(raw) + " is not allowed" + detail + place.allowed());
            return Optional.empty();
        }
    }

    private void fault(Place place, String text) {
        reading.fault(place.path, place.line, text);
    }

    private Place placeOf(String name, Node node) {
        return new Place(pathOf(name), keyOf(name), lineOf(node));
    }

    private String keyOf(String name) {
        String exact = pattern.isEmpty() ? name : pattern + "." + name;
        return ConfigReference.paths().contains(exact) ? exact : pattern + ".*";
    }

    private static boolean isEmpty(Node node) {
        return isNull(node)
                || (node instanceof MappingNode mapping && mapping.getValue().isEmpty());
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private record Entry(int line, Node value) {}

    /** Where a value stands, and which key of the reference it is. */
    private record Place(String path, String key, int line) {
        String allowed() {
            return "; allowed: " + ConfigReference.key(key).allowed();
        }

        /** What of a value may stand in a message: never a password or a URL that
         * may hold one, and of what is put in only where it comes from. */
        String shown(String raw) {
            boolean hidden = key.endsWith(SECRET) || raw.contains("@") || raw.length() > SHOWN_LENGTH_MAX;
            return hidden ? "the value" : "'" + raw.replaceAll("\\p{Cntrl}", " ") + "'";
        }
    }
}
