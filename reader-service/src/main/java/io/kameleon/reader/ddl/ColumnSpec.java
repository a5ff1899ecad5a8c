package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.ColumnDefault;

/**
 * A column as a statement declares it.
 *
 * @param defaultValue null without a DEFAULT clause
 * @param key          the key that the declaration makes of the column
 * @param references   an inline foreign key; null without one
 */
record ColumnSpec(
        String name,
        TypeSpec type,
        Nullability nullability,
        ColumnDefault defaultValue,
        boolean autoIncrement,
        boolean onUpdateNow,
        Generation generation,
        boolean invisible,
        String comment,
        Key key,
        ForeignKeySpec references) {
    enum Nullability {
        UNSPECIFIED,
        NULL,
        NOT_NULL
    }

    enum Generation {
        NONE,
        VIRTUAL,
        STORED
    }

    enum Key {
        NONE,
        PRIMARY,
        UNIQUE
    }

    ColumnSpec withType(TypeSpec newType) {
        return new ColumnSpec(
                name,
                newType,
                nullability,
                defaultValue,
                autoIncrement,
                onUpdateNow,
                generation,
                invisible,
                comment,
                key,
                references);
    }
}
