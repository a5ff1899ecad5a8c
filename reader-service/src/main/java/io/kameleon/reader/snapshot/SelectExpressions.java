package io.kameleon.reader.snapshot;

import io.kameleon.reader.value.CharacterSets;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;

/**
 * How each type is selected so that the text protocol gives its exact value on every server version.
 *
 * <ul>
 *   <li>FLOAT: the server rounds its text to 6 digits, so it is widened to a double; by a product, which keeps -0.0, where a sum
 *       would not, and which every version has, unlike {@code CAST(... AS DOUBLE)}. DOUBLE(M,D) too loses digits as text.
 *   <li>BIGINT UNSIGNED, BIT, ENUM, SET: as 64 signed bits, whatever the driver makes of the types.
 *   <li>Text outside UTF-8: as its stored bytes, decoded here as from the binlog.
 *   <li>Temporal types: as text, since drivers have their own ideas of zero dates and of TIME beyond a day.
 * </ul>
 */
final class SelectExpressions {
    private SelectExpressions() {}

    static String of(ColumnDefinition column) {
        String name = '`' + column.name().replace("`", "``") + '`';
        ColumnType type = column.type();
        return switch (type.kind()) {
            case FLOAT -> name + " * 1e0";
            case DOUBLE -> type.scale() == ColumnType.NONE ? name : name + " * 1e0";
            case BIGINT -> type.unsigned() ? asSigned(name) : name;
            case BIT, ENUM, SET -> asSigned(name);
            case YEAR -> name + " + 0";
            case DATE, TIME, DATETIME, TIMESTAMP -> "CAST(" + name + " AS CHAR)";
            case CHAR, VARCHAR, TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT ->
                CharacterSets.isUtf8(type.charset()) ? name : "CAST(" + name + " AS BINARY)";
            default -> name;
        };
    }

    private static String asSigned(String name) {
        return "CAST(" + name + " AS SIGNED)";
    }
}
