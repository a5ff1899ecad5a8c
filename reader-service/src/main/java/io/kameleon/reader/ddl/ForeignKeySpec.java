package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.ForeignKeyDefinition.Action;
import io.kameleon.schemas.table.TableId;
import java.util.List;

/**
 * A foreign key as a statement declares it.
 *
 * @param name      empty when the server names it
 * @param indexName the name for the index that the server makes for it; empty when not given
 */
record ForeignKeySpec(
        String name,
        String indexName,
        List<String> columns,
        TableId referenced,
        List<String> referencedColumns,
        Action onDelete,
        Action onUpdate) {
    ForeignKeySpec {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }
}
