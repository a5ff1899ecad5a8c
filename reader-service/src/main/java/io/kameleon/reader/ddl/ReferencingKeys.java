package io.kameleon.reader.ddl;

import io.kameleon.schemas.change.TableChange.Altered;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ForeignKeyDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keeps foreign keys true when the table that they lie in, or refer to, gets new names; stateless. */
final class ReferencingKeys {
    private ReferencingKeys() {}

    /** The table under its new name, with the names of keys that the server made of the old one. */
    static TableDefinition renamed(TableDefinition table, TableId newId) {
        String oldPrefix = table.id().name() + "_ibfk_";
        String newPrefix = newId.name() + "_ibfk_";
        List<ForeignKeyDefinition> keys = table.foreignKeys().stream()
                .map(key -> key.name().startsWith(oldPrefix)
                        ? named(key, newPrefix + key.name().substring(oldPrefix.length()))
                        : key)
                .sorted(Comparator.comparing(ForeignKeyDefinition::name))
                .toList();
        return table.withId(newId).withForeignKeys(keys);
    }

    /** Lets the keys of all tables refer to {@code after} where they referred to the table before the change. */
    static void follow(Definitions.Changes definitions, NameCase nameCase, Altered altered, TableDefinition after) {
        Map<String, String> names = columnNames(altered, after);
        boolean sameNames = names.entrySet().stream().allMatch(e -> e.getKey().equals(lower(e.getValue())));
        if (sameNames && after.id().equals(altered.before().id())) {
            return;
        }
        TableId old = nameCase.key(altered.before().id());
        for (TableDefinition table : definitions.referencing().values()) {
            List<ForeignKeyDefinition> keys = table.foreignKeys().stream()
                    .map(key -> nameCase.key(key.referenced()).equals(old) ? redirected(key, after.id(), names) : key)
                    .toList();
            if (!keys.equals(table.foreignKeys())) {
                definitions.put(table.withForeignKeys(keys));
            }
        }
    }

    private static Map<String, String> columnNames(Altered altered, TableDefinition after) {
        var names = new HashMap<String, String>();
        for (int i = 0; i < after.columns().size(); i++) {
            ColumnDefinition column = after.columns().get(i);
            names.put(lower(altered.previousNames().get(i)), column.name());
        }
        names.remove("");
        return names;
    }

    private static ForeignKeyDefinition redirected(ForeignKeyDefinition key, TableId table, Map<String, String> names) {
        List<String> columns = key.referencedColumns().stream()
                .map(c -> names.getOrDefault(lower(c), c))
                .toList();
        return new ForeignKeyDefinition(key.name(), key.columns(), table, columns, key.onDelete(), key.onUpdate());
    }

    private static ForeignKeyDefinition named(ForeignKeyDefinition key, String name) {
        return new ForeignKeyDefinition(
                name, key.columns(), key.referenced(), key.referencedColumns(), key.onDelete(), key.onUpdate());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
