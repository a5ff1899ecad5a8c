package io.kameleon.reader.publish;

import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets definitions share what is equal in them: thousands of tables, of one tenant each for example, mostly have the same columns.
 * Used while many are read, then dropped. One thread only.
 */
final class SharedParts {
    private final Map<Object, Object> parts = new HashMap<>();

    /** An equal definition. Its lists are what {@link List#copyOf} makes, so that the definition keeps them as they are. */
    TableDefinition share(TableDefinition table) {
        List<ColumnDefinition> columns =
                List.copyOf(table.columns().stream().map(this::part).toList());
        return new TableDefinition(
                new TableId(part(table.id().schema()), table.id().name()),
                part(columns),
                part(table.primaryKey()),
                part(List.copyOf(table.indexes().stream().map(this::part).toList())),
                table.foreignKeys(),
                part(table.charset()),
                part(table.collation()),
                part(table.comment()),
                table.partitioning());
    }

    /** The first one of those that are equal. What is equal is of the same type, or an empty list. */
    @SuppressWarnings("unchecked")
    private <T> T part(T value) {
        Object first = parts.putIfAbsent(value, value);
        return first == null ? value : (T) first;
    }
}
