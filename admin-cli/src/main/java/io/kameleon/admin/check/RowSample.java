package io.kameleon.admin.check;

import io.kameleon.admin.check.SourceFinding.Severity;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;

/** Looks at some rows of a table for values that PostgreSQL cannot hold as they are. Bounded in rows, not in time. */
final class RowSample {
    private final SourceServer server;
    private final int rowsMax;

    /** @param rowsMax per table; 0 for none */
    RowSample(SourceServer server, int rowsMax) {
        this.server = server;
        this.rowsMax = rowsMax;
    }

    List<SourceFinding> of(TableDefinition table) {
        var columns = new ArrayList<ColumnDefinition>();
        var expressions = new ArrayList<String>();
        for (ColumnDefinition column : table.columns()) {
            String test = test(column);
            if (!test.isEmpty()) {
                columns.add(column);
                expressions.add("COALESCE(SUM(" + test + "), 0)");
            }
        }
        if (rowsMax == 0 || columns.isEmpty()) {
            return List.of();
        }
        var findings = new ArrayList<SourceFinding>();
        String sql = "SELECT " + String.join(", ", expressions) + " FROM (SELECT * FROM "
                + quoted(table.id().schema()) + "." + quoted(table.id().name()) + " LIMIT " + rowsMax + ") AS sampled";
        server.each(sql, row -> {
            for (int i = 0; i < columns.size(); i++) {
                if (row.getLong(i + 1) > 0) {
                    findings.add(finding(table, columns.get(i), row.getLong(i + 1)));
                }
            }
        });
        return findings;
    }

    /** Counts 1 for a value at risk; empty for a type that has none. */
    private static String test(ColumnDefinition column) {
        String name = quoted(column.name());
        return switch (column.type().kind()) {
            case DATE, DATETIME, TIMESTAMP -> "MONTH(" + name + ") = 0 OR DAYOFMONTH(" + name + ") = 0";
            case CHAR, VARCHAR, TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT ->
                "LOCATE(CONVERT(CHAR(0) USING utf8mb4), " + name + ") > 0";
            default -> "";
        };
    }

    private SourceFinding finding(TableDefinition table, ColumnDefinition column, long rows) {
        boolean text = column.type().kind().isText();
        String what = text
                ? "NUL characters in column '" + column.name() + "': they are taken out"
                : "zero or partial dates in column '" + column.name() + "': they become "
                        + (column.nullable() ? "null" : "-infinity");
        return new SourceFinding(
                Severity.RISK,
                table.id().toString(),
                text ? "NUL" : "ZERO_DATE",
                what + " (" + rows + " of the first " + rowsMax + " rows)",
                "");
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
