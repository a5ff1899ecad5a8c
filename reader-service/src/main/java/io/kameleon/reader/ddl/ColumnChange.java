package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;

/** Copies of a column with one fact changed; stateless. */
final class ColumnChange {
    private ColumnChange() {}

    static ColumnDefinition notNull(ColumnDefinition c) {
        return c.nullable() ? copy(c, c.type(), false, c.defaultValue(), c.invisible()) : c;
    }

    static ColumnDefinition withType(ColumnDefinition c, ColumnType type) {
        return copy(c, type, c.nullable(), c.defaultValue(), c.invisible());
    }

    static ColumnDefinition withDefault(ColumnDefinition c, ColumnDefault value) {
        return copy(c, c.type(), c.nullable(), value, c.invisible());
    }

    static ColumnDefinition withVisibility(ColumnDefinition c, boolean invisible) {
        return copy(c, c.type(), c.nullable(), c.defaultValue(), invisible);
    }

    private static ColumnDefinition copy(
            ColumnDefinition c, ColumnType type, boolean nullable, ColumnDefault value, boolean invisible) {
        return new ColumnDefinition(
                c.name(),
                type,
                nullable,
                value,
                c.autoIncrement(),
                c.onUpdateNow(),
                c.generated(),
                c.virtual(),
                invisible,
                c.comment());
    }
}
