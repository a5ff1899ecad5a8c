package io.kameleon.schemas.table;

import static java.util.Objects.requireNonNull;

/**
 * One column of a table, as the source defines it.
 *
 * @param defaultValue null when there is no DEFAULT clause
 * @param onUpdateNow  {@code ON UPDATE CURRENT_TIMESTAMP}
 * @param generated    {@code GENERATED ALWAYS AS}, stored or virtual; its value still is in the row images
 * @param virtual      a generated column that is not stored
 * @param comment      empty when there is none
 */
public record ColumnDefinition(
        String name,
        ColumnType type,
        boolean nullable,
        ColumnDefault defaultValue,
        boolean autoIncrement,
        boolean onUpdateNow,
        boolean generated,
        boolean virtual,
        boolean invisible,
        String comment) {
    public ColumnDefinition {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(comment, "comment");
    }

    /** A plain column: no default, nothing generated, visible, no comment. */
    public static ColumnDefinition of(String name, ColumnType type, boolean nullable) {
        return new ColumnDefinition(name, type, nullable, null, false, false, false, false, false, "");
    }

    /** @param value null for no DEFAULT clause */
    public ColumnDefinition withDefault(ColumnDefault value) {
        return new ColumnDefinition(
                name, type, nullable, value, autoIncrement, onUpdateNow, generated, virtual, invisible, comment);
    }

    public ColumnDefinition withName(String newName) {
        return new ColumnDefinition(
                newName,
                type,
                nullable,
                defaultValue,
                autoIncrement,
                onUpdateNow,
                generated,
                virtual,
                invisible,
                comment);
    }
}
