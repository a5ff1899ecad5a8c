package io.kameleon.reader.snapshot;

import io.kameleon.reader.value.CharacterSets;
import io.kameleon.reader.value.FixedBinary;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;

/**
 * How each type is selected so that the binary protocol gives its exact value on every server version, at the least cost.
 *
 * <ul>
 *   <li>Numbers, dates and times: as they are, in the protocol's fixed layouts.
 *   <li>BIT, ENUM, SET: as numbers.
 *   <li>UUID, INET4, INET6: as their bytes.
 *   <li>Text outside UTF-8: as its stored bytes, decoded here as from the binlog.
 * </ul>
 */
final class SelectExpressions {
    private SelectExpressions() {}

    static String of(ColumnDefinition column) {
        String name = '`' + column.name().replace("`", "``") + '`';
        ColumnType type = column.type();
        return switch (type.kind()) {
            case BIT, ENUM, SET -> "CAST(" + name + " AS SIGNED)";
            case CHAR, VARCHAR, TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT ->
                CharacterSets.isUtf8(type.charset()) ? name : "CAST(" + name + " AS BINARY)";
            case UUID, INET4, INET6 ->
                "CAST(" + name + " AS BINARY(" + FixedBinary.of(type.kind()).width() + "))";
            default -> name;
        };
    }
}
