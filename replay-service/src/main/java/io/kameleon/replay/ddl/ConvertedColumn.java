package io.kameleon.replay.ddl;

import io.kameleon.replay.type.PostgresType;
import io.kameleon.replay.type.PostgresType.Family;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TypeKind;

/**
 * A column before and after a change of its type.
 *
 * @param name   quoted, as the column is called when the conversion runs
 * @param target the new type as the statement writes it
 */
record ConvertedColumn(
        String name,
        ColumnDefinition before,
        PostgresType beforeType,
        ColumnDefinition after,
        PostgresType afterType,
        String target) {
    ColumnType from() {
        return before.type();
    }

    ColumnType to() {
        return after.type();
    }

    Family fromFamily() {
        return beforeType.family();
    }

    Family toFamily() {
        return afterType.family();
    }

    boolean isBetween(Family from, Family to) {
        return fromFamily() == from && toFamily() == to;
    }

    /** The declared number of zeros in front is part of the text of such a number. */
    boolean isZerofill() {
        return before.type().declared().toLowerCase(java.util.Locale.ROOT).contains("zerofill");
    }

    boolean isKind(TypeKind kind) {
        return after.type().kind() == kind;
    }

    /** The PostgreSQL type stays the same, whatever the source's types are. */
    boolean keepsType() {
        return fromFamily() == toFamily()
                && beforeType.text().equals(afterType.text())
                && beforeType.labels().equals(afterType.labels());
    }

    Conversion cast() {
        return Conversion.exact(name + "::" + target);
    }
}
