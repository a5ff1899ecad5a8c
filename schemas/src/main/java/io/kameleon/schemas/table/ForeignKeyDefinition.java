package io.kameleon.schemas.table;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A foreign key of the source. Not created while streaming; kept for cascades (F5) and for the detach. */
public record ForeignKeyDefinition(
        String name,
        List<String> columns,
        TableId referenced,
        List<String> referencedColumns,
        Action onDelete,
        Action onUpdate) {
    public ForeignKeyDefinition {
        requireNonNull(name, "name");
        requireNonNull(referenced, "referenced");
        requireNonNull(onDelete, "onDelete");
        requireNonNull(onUpdate, "onUpdate");
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }

    /** RESTRICT stands for NO ACTION too: on MySQL they are the same. */
    public enum Action {
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT
    }
}
