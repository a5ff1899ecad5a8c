package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Servers write SHOW CREATE TABLE in utf8mb3, so that a label's characters beyond U+FFFF come as question marks (seen on MySQL 9.7 and
 * MariaDB 11.4): such labels are asked for one by one. Immutable.
 */
record RestoredLabels(LabelSource source) {
    TableDefinition in(TableDefinition table) {
        List<ColumnDefinition> columns =
                table.columns().stream().map(c -> in(table.id(), c)).toList();
        return table.withColumns(columns);
    }

    private ColumnDefinition in(TableId table, ColumnDefinition column) {
        if (!isDoubtful(column.type())) {
            return column;
        }
        var labels = new ArrayList<String>();
        for (int i = 0; i < column.type().labels().size(); i++) {
            String shown = column.type().labels().get(i);
            labels.add(shown.indexOf('?') < 0 ? shown : source.label(table, column.name(), value(column.type(), i)));
        }
        return new ColumnDefinition(
                column.name(),
                withLabels(column.type(), labels),
                column.nullable(),
                column.defaultValue(),
                column.autoIncrement(),
                column.onUpdateNow(),
                column.generated(),
                column.virtual(),
                column.invisible(),
                column.comment());
    }

    private static boolean isDoubtful(ColumnType type) {
        return type.labels().stream().anyMatch(label -> label.indexOf('?') >= 0)
                && switch (type.charset()) {
                    case "utf8mb4", "utf16", "utf16le", "utf32" -> true;
                    default -> false;
                };
    }

    private static String value(ColumnType type, int index) {
        return type.kind() == TypeKind.ENUM
                ? String.valueOf(index + 1)
                : BigInteger.ONE.shiftLeft(index).toString();
    }

    private static ColumnType withLabels(ColumnType type, List<String> labels) {
        String declared = DeclaredType.name(type.kind()) + "(" + DeclaredType.quoted(labels) + ")";
        return new ColumnType(
                type.kind(),
                type.length(),
                type.scale(),
                type.unsigned(),
                type.charset(),
                type.collation(),
                labels,
                declared);
    }
}
