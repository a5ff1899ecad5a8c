package io.kameleon.reader.value;

import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A column type with sample values: a table {@code (id INT PRIMARY KEY, v <type> NULL)} is filled with them.
 *
 * @param sqlType the type in CREATE TABLE
 */
record ValueCase(String sqlType, ColumnType type, List<Sample> samples) {
    private static final int NONE = ColumnType.NONE;

    /** @param expected as {@link AvroRows} gives values; {@link #AS_COPIED} when only copy = stream is asked for */
    record Sample(String literal, Object expected) {}

    static final Object AS_COPIED = new Object();

    /** Pairs of literal and expected value. */
    static ValueCase of(String sqlType, ColumnType type, Object... pairs) {
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < pairs.length; i += 2) {
            samples.add(new Sample((String) pairs[i], pairs[i + 1]));
        }
        samples.add(new Sample("NULL", null));
        return new ValueCase(sqlType, type, samples);
    }

    static ColumnType number(TypeKind kind, boolean unsigned) {
        return ColumnType.of(kind, NONE, NONE, unsigned, kind.name().toLowerCase(java.util.Locale.ROOT));
    }

    static ColumnType sized(TypeKind kind, int length, int scale) {
        return ColumnType.of(kind, length, scale, false, kind.name().toLowerCase(java.util.Locale.ROOT));
    }

    static ColumnType text(TypeKind kind, int length, String charset) {
        return new ColumnType(kind, length, NONE, false, charset, "", List.of(), kind.name());
    }

    static ColumnType labels(TypeKind kind, List<String> labels) {
        return new ColumnType(kind, NONE, NONE, false, "utf8mb4", "", labels, kind.name());
    }

    TableDefinition table(String schema, String name) {
        return new TableDefinition(
                new TableId(schema, name),
                List.of(
                        ColumnDefinition.of("id", number(TypeKind.INT, false), false),
                        ColumnDefinition.of("v", type, true)),
                List.of("id"),
                List.of(),
                List.of(),
                "utf8mb4",
                "",
                "");
    }
}
