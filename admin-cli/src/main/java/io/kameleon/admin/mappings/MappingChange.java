package io.kameleon.admin.mappings;

import java.util.Map;
import java.util.TreeMap;

/**
 * What differs between two sets of schema mappings, by origin schema.
 *
 * @param renamed origins that both have, with their new destinations
 * @param added   with their destinations
 * @param removed with what their destinations were
 */
public record MappingChange(Map<String, String> renamed, Map<String, String> added, Map<String, String> removed) {
    public MappingChange {
        renamed = new TreeMap<>(renamed);
        added = new TreeMap<>(added);
        removed = new TreeMap<>(removed);
    }

    /** @param before and {@code after}: origin to destination schema */
    public static MappingChange between(Map<String, String> before, Map<String, String> after) {
        var renamed = new TreeMap<String, String>();
        var added = new TreeMap<String, String>();
        var removed = new TreeMap<>(before);
        removed.keySet().removeAll(after.keySet());
        after.forEach((origin, destination) -> {
            if (!before.containsKey(origin)) {
                added.put(origin, destination);
            } else if (!before.get(origin).equals(destination)) {
                renamed.put(origin, destination);
            }
        });
        return new MappingChange(renamed, added, removed);
    }

    public boolean isEmpty() {
        return renamed.isEmpty() && !changesOrigins();
    }

    /** Whether the reader has to follow other schemas than before. */
    public boolean changesOrigins() {
        return !added.isEmpty() || !removed.isEmpty();
    }
}
