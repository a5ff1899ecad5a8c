package io.kameleon.catalogue.config;

import io.kameleon.schemas.table.TableId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Row events that are left out on purpose, for whole schemas or for single tables of the origin.
 *
 * @param entries kind of event to entries {@code schema} or {@code schema.table}; a kind without an entry is never skipped
 */
public record SkipEvents(Map<Kind, List<String>> entries) {
    public static final SkipEvents NONE = new SkipEvents(Map.of());

    public SkipEvents {
        var copy = new EnumMap<Kind, List<String>>(Kind.class);
        entries.forEach((kind, names) -> copy.put(kind, List.copyOf(names)));
        entries = Collections.unmodifiableMap(copy);
    }

    public boolean skips(Kind kind, TableId table) {
        List<String> names = entries.getOrDefault(kind, List.of());
        return names.contains(table.schema()) || names.contains(table.toString());
    }

    /** What a row event does. */
    public enum Kind {
        INSERT,
        UPDATE,
        DELETE
    }
}
