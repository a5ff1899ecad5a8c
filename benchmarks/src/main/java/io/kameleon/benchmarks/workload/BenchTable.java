package io.kameleon.benchmarks.workload;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A table of a workload. Its first column is the primary key, a BIGINT that the workload assigns.
 *
 * @param indexed       columns with a secondary index each
 * @param progress      an indexed column, or the key, whose greatest value grows with the changes of the table
 * @param lastProgress  its greatest value when all changes are applied; 0 where the table has no changes
 * @param changes       changes of this table in the workload, about
 */
public record BenchTable(
        String name,
        List<BenchColumn> columns,
        List<String> indexed,
        String progress,
        long lastProgress,
        long changes) {
    /** One value in so many of a nullable column is NULL. */
    private static final int NULL_ONCE_IN = 10;

    public BenchTable {
        columns = List.copyOf(columns);
        indexed = List.copyOf(indexed);
    }

    public String key() {
        return columns.get(0).name();
    }

    /** CREATE TABLE for MySQL and MariaDB, in the connection's database. */
    public String mysqlDefinition() {
        var parts = new ArrayList<String>();
        for (BenchColumn column : columns) {
            parts.add(column.name() + " " + column.kind().mysqlType() + (column.nullable() ? " NULL" : " NOT NULL"));
        }
        parts.add("PRIMARY KEY (" + key() + ")");
        for (String column : indexed) {
            parts.add("KEY " + indexName(column) + " (" + column + ")");
        }
        return "CREATE TABLE " + name + " (" + String.join(", ", parts) + ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";
    }

    /** CREATE TABLE for PostgreSQL, without key and indexes. */
    public String postgresDefinition(String schema) {
        return columns.stream()
                .map(column ->
                        column.name() + " " + column.kind().postgresType() + (column.nullable() ? "" : " NOT NULL"))
                .collect(joining(", ", "CREATE TABLE " + schema + "." + name + " (", ")"));
    }

    /** The primary key and the indexes for PostgreSQL. */
    public List<String> postgresIndexes(String schema) {
        var statements = new ArrayList<String>();
        statements.add("ALTER TABLE " + schema + "." + name + " ADD PRIMARY KEY (" + key() + ")");
        for (String column : indexed) {
            statements.add("CREATE INDEX " + indexName(column) + " ON " + schema + "." + name + " (" + column + ")");
        }
        return statements;
    }

    private String indexName(String column) {
        return name + "_" + column;
    }

    /** A query for MySQL whose one row is the number of rows and a sum over their texts; exact, since a sum of texts would be a DOUBLE. */
    public String mysqlSum() {
        String text = columns.stream()
                .map(column -> "COALESCE(" + column.kind().mysqlText(column.name()) + ", '~')")
                .collect(joining(", ", "CONCAT_WS('|', ", ")"));
        return "SELECT COUNT(*), COALESCE(SUM(CAST(CONV(SUBSTRING(SHA2(" + text
                + ", 256), 1, 8), 16, 10) AS UNSIGNED)), 0) FROM " + name;
    }

    /** The same for PostgreSQL, whose functions take 100 arguments at most; equal tables give equal answers. */
    public String postgresSum(String schema) {
        String text = columns.stream()
                .map(column -> "coalesce((" + column.kind().postgresText(column.name()) + ")::text, '~')")
                .collect(joining(" || '|' || "));
        return "SELECT count(*), coalesce(sum(('x' || substr(encode(sha256(convert_to(" + text
                + ", 'UTF8')), 'hex'), 1, 8))::bit(32)::bigint), 0) FROM " + schema + "." + name;
    }

    /** Appends a row in parentheses, as INSERT takes it: the key, the progress value where that is a column of its own, the rest random. */
    void appendRow(StringBuilder sql, long key, long progressValue, SplittableRandom random) {
        sql.append('(').append(key);
        for (BenchColumn column : columns.subList(1, columns.size())) {
            sql.append(',');
            if (column.name().equals(progress)) {
                sql.append(progressValue);
            } else {
                appendValue(sql, column, random);
            }
        }
        sql.append(')');
    }

    void appendValue(StringBuilder sql, BenchColumn column, SplittableRandom random) {
        if (column.nullable() && random.nextInt(NULL_ONCE_IN) == 0) {
            sql.append("NULL");
        } else {
            column.kind().appendLiteral(sql, random);
        }
    }
}
