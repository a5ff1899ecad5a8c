package io.kameleon.reader.binlog;

import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.util.List;
import java.util.Locale;

/** Definitions of {@code shop.items} for tests. */
final class Tables {
    private Tables() {}

    static ColumnType type(TypeKind kind, int length, int scale, boolean unsigned) {
        String charset = kind.isText() || kind == TypeKind.ENUM || kind == TypeKind.SET ? "utf8mb4" : "";
        List<String> labels = kind == TypeKind.ENUM || kind == TypeKind.SET ? List.of("a", "b", "c") : List.of();
        return new ColumnType(
                kind, length, scale, unsigned, charset, "", labels, kind.name().toLowerCase(Locale.ROOT));
    }

    static ColumnType type(TypeKind kind, int length) {
        return type(kind, length, ColumnType.NONE, false);
    }

    static ColumnType type(TypeKind kind) {
        return type(kind, ColumnType.NONE);
    }

    /** Columns {@code c0}, {@code c1} and so on, the first one NOT NULL and the primary key. */
    static TableDefinition items(ColumnType... types) {
        var columns = new ColumnDefinition[types.length];
        for (int i = 0; i < types.length; i++) {
            columns[i] = ColumnDefinition.of("c" + i, types[i], i > 0);
        }
        return new TableDefinition(
                new TableId("shop", "items"), List.of(columns), List.of("c0"), List.of(), List.of(), "utf8mb4", "", "");
    }
}
