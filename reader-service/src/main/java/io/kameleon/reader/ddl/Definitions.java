package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The known tables and databases, by names as the server compares them. One thread only. */
final class Definitions {
    private final NameCase nameCase;
    private final Map<TableId, TableDefinition> tables = new TreeMap<>();
    /** Tables that exist on the source, but whose definition was lost with a statement that was not understood. */
    private final Set<TableId> lost = new HashSet<>();

    private final Map<String, TextDefaults> databases = new HashMap<>();

    Definitions(NameCase nameCase) {
        this.nameCase = nameCase;
    }

    Optional<TableDefinition> get(TableId id) {
        return Optional.ofNullable(tables.get(nameCase.key(id)));
    }

    boolean isLost(TableId id) {
        return lost.contains(nameCase.key(id));
    }

    void put(TableDefinition table) {
        TableId key = nameCase.key(table.id());
        tables.put(key, table);
        lost.remove(key);
    }

    void remove(TableId id) {
        TableId key = nameCase.key(id);
        tables.remove(key);
        lost.remove(key);
    }

    void lose(TableId id) {
        TableId key = nameCase.key(id);
        tables.remove(key);
        lost.add(key);
    }

    Map<TableId, TableDefinition> tables() {
        var copy = new TreeMap<TableId, TableDefinition>();
        tables.values().forEach(table -> copy.put(table.id(), table));
        return copy;
    }

    Set<TableId> lost() {
        return Set.copyOf(lost);
    }

    boolean sameDatabase(String one, String other) {
        return nameCase.key(one).equals(nameCase.key(other));
    }

    Optional<TextDefaults> database(String name) {
        return Optional.ofNullable(databases.get(nameCase.key(name)));
    }

    void putDatabase(String name, TextDefaults text) {
        databases.put(nameCase.key(name), text);
    }

    void removeDatabase(String name) {
        databases.remove(nameCase.key(name));
    }

    Map<String, TextDefaults> databases() {
        return new TreeMap<>(databases);
    }

    /** Starts changes that only count once they are kept: a statement is followed whole or not at all. */
    Changes change() {
        return new Changes();
    }

    /** Looks like the definitions after a part of a statement. */
    final class Changes {
        private final Map<TableId, Optional<TableDefinition>> pending = new HashMap<>();
        private final Set<TableId> pendingLost = new HashSet<>();

        Optional<TableDefinition> get(TableId id) {
            TableId key = nameCase.key(id);
            Optional<TableDefinition> changed = pending.get(key);
            return changed != null ? changed : Optional.ofNullable(tables.get(key));
        }

        boolean isLost(TableId id) {
            TableId key = nameCase.key(id);
            return pendingLost.contains(key) || !pending.containsKey(key) && lost.contains(key);
        }

        void put(TableDefinition table) {
            TableId key = nameCase.key(table.id());
            pending.put(key, Optional.of(table));
            pendingLost.remove(key);
        }

        void remove(TableId id) {
            TableId key = nameCase.key(id);
            pending.put(key, Optional.empty());
            pendingLost.remove(key);
        }

        void lose(TableId id) {
            remove(id);
            pendingLost.add(nameCase.key(id));
        }

        /** Tables with foreign keys, as they stand now. */
        Map<TableId, TableDefinition> referencing() {
            var result = new TreeMap<TableId, TableDefinition>();
            tables.forEach((key, table) -> result.put(key, table));
            pending.forEach((key, table) -> table.ifPresentOrElse(t -> result.put(key, t), () -> result.remove(key)));
            result.values().removeIf(table -> table.foreignKeys().isEmpty());
            return result;
        }

        void keep() {
            pending.forEach((key, table) -> {
                lost.remove(key);
                if (table.isPresent()) {
                    tables.put(key, table.get());
                } else {
                    tables.remove(key);
                }
            });
            lost.addAll(pendingLost);
        }
    }
}
