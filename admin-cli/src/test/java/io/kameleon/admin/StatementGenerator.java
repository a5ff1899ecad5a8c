package io.kameleon.admin;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes statements on the tables that are there, structure and rows mixed, the same ones for one seed and server. The server may refuse
 * a statement: then it was none.
 */
final class StatementGenerator {
    private static final int TABLES_MAX = 8;
    private static final int COLUMNS_MAX = 12;

    private final Random random;
    private final SourceKind kind;
    private final Connection connection;
    private int names;

    /** @param connection to look at the tables with */
    StatementGenerator(long seed, SourceKind kind, Connection connection) {
        this.random = new Random(seed);
        this.kind = kind;
        this.connection = connection;
    }

    /** @param type as information_schema writes it */
    private record Column(String name, String type, boolean nullable, boolean generated) {}

    /** One statement, or several that belong together. */
    List<String> next() throws SQLException {
        List<String> tables = strings("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                + " AND table_name LIKE 'r%' ORDER BY table_name");
        if (tables.size() < 2 || tables.size() < TABLES_MAX && random.nextInt(40) == 0) {
            return List.of(createTable());
        }
        String table = pick(tables);
        List<Column> columns = columns(table);
        return random.nextInt(100) < 62 ? rows(table, columns) : List.of(structure(table, tables, columns));
    }

    // ---- rows ----

    private List<String> rows(String table, List<Column> columns) {
        return switch (random.nextInt(10)) {
            case 0 -> {
                var statements = new ArrayList<String>(List.of("START TRANSACTION"));
                statements.add(insert("INSERT", table, columns));
                statements.add("SAVEPOINT s");
                statements.add(update(table, columns));
                statements.add(random.nextBoolean() ? "ROLLBACK TO SAVEPOINT s" : "RELEASE SAVEPOINT s");
                statements.add(insert("INSERT IGNORE", table, columns));
                statements.add(random.nextInt(4) == 0 ? "ROLLBACK" : "COMMIT");
                yield statements;
            }
            case 1, 2 -> List.of(update(table, columns));
            case 3 ->
                List.of("DELETE FROM " + table + " WHERE " + condition(columns) + " LIMIT " + (1 + random.nextInt(4)));
            case 4 -> List.of(insert("REPLACE", table, columns));
            default -> List.of(insert("INSERT IGNORE", table, columns));
        };
    }

    private String insert(String verb, String table, List<Column> columns) {
        List<Column> filled = columns.stream().filter(c -> !c.generated()).toList();
        var rows = new ArrayList<String>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            rows.add("(" + String.join(", ", filled.stream().map(this::value).toList()) + ")");
        }
        return verb + " INTO " + table + " ("
                + String.join(", ", filled.stream().map(Column::name).toList()) + ") VALUES " + String.join(", ", rows);
    }

    private String update(String table, List<Column> columns) {
        Column column = pick(columns.stream().filter(c -> !c.generated()).toList());
        return "UPDATE IGNORE " + table + " SET " + column.name() + " = " + value(column) + " WHERE "
                + condition(columns) + " LIMIT " + (1 + random.nextInt(3));
    }

    private String condition(List<Column> columns) {
        Column column = pick(columns);
        return random.nextInt(4) == 0 ? column.name() + " IS NULL" : column.name() + " IS NOT NULL";
    }

    // ---- structure ----

    private String structure(String table, List<String> tables, List<Column> columns) {
        return switch (random.nextInt(26)) {
            case 0 ->
                tables.size() < TABLES_MAX ? "CREATE TABLE " + newName("r") + " LIKE " + table : "DROP TABLE " + table;
            case 1 ->
                tables.size() < TABLES_MAX
                        ? "CREATE TABLE " + newName("r") + " AS SELECT * FROM " + table
                        : "DROP TABLE IF EXISTS " + table + ", " + newName("r");
            case 2 -> random.nextInt(3) == 0 ? "TRUNCATE " + table : "TRUNCATE TABLE " + table;
            case 3 -> "RENAME TABLE " + table + " TO " + newName("r");
            case 4 -> swap(table, pick(tables));
            case 5 ->
                "CREATE" + (random.nextInt(4) == 0 ? " UNIQUE" : "") + " INDEX " + newName("i") + " ON " + table + " ("
                        + indexed(columns) + ")";
            case 6 -> "DROP INDEX " + existingIndex(table) + " ON " + table;
            default -> alter(table, columns);
        };
    }

    private String swap(String one, String other) {
        String between = newName("r");
        return "RENAME TABLE " + one + " TO " + between + ", " + other + " TO " + one + ", " + between + " TO " + other;
    }

    private String alter(String table, List<Column> columns) {
        var clauses = new ArrayList<String>();
        for (int i = 0; i <= Math.max(0, random.nextInt(5) - 2); i++) {
            clauses.add(clause(table, columns));
        }
        return "ALTER TABLE " + table + " " + String.join(", ", clauses);
    }

    private String clause(String table, List<Column> columns) {
        Column column = pick(columns);
        boolean full = columns.size() >= COLUMNS_MAX;
        return switch (random.nextInt(17)) {
            case 0, 1, 2 -> full ? "DROP COLUMN " + column.name() : "ADD COLUMN " + newColumn() + place(columns);
            case 3 -> "DROP COLUMN " + column.name();
            case 4, 5 -> "MODIFY " + column.name() + " " + widened(column) + place(columns);
            case 6 -> "CHANGE COLUMN " + column.name() + " " + newName("c") + " " + widened(column);
            case 7 -> "RENAME COLUMN " + column.name() + " TO " + newName("c");
            case 8 ->
                "RENAME COLUMN " + columns.get(0).name() + " TO " + column.name() + ", RENAME COLUMN " + column.name()
                        + " TO " + columns.get(0).name();
            case 9 -> "ADD INDEX " + newName("i") + " (" + indexed(columns) + ")";
            case 10 -> "DROP INDEX " + existingIndex(table);
            case 11 -> "RENAME INDEX " + existingIndex(table) + " TO " + newName("i");
            case 12 -> "COMMENT = 'it''s " + newName("x") + "'";
            case 13 -> random.nextBoolean() ? "DROP PRIMARY KEY" : "ADD PRIMARY KEY (" + column.name() + ")";
            case 14 ->
                "ALTER COLUMN " + column.name() + " SET DEFAULT " + value(new Column("", column.type(), false, false));
            case 15 -> "ALTER COLUMN " + column.name() + " DROP DEFAULT";
            default ->
                switch (random.nextInt(4)) {
                    case 0 -> "CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
                    case 1 -> "ENGINE = InnoDB";
                    case 2 -> "DEFAULT CHARACTER SET latin1";
                    default -> "DROP PRIMARY KEY, ADD PRIMARY KEY (" + column.name() + ")";
                };
        };
    }

    private String createTable() {
        var columns = new ArrayList<String>();
        columns.add("id INT" + (random.nextInt(3) == 0 ? " UNSIGNED" : "") + " NOT NULL");
        for (int i = 0; i < 2 + random.nextInt(5); i++) {
            columns.add(newColumn());
        }
        if (random.nextInt(5) > 0) {
            columns.add("PRIMARY KEY (id)");
        }
        String charset = random.nextInt(3) == 0 ? " CHARACTER SET latin1" : "";
        return "CREATE TABLE " + newName("r") + " (" + String.join(", ", columns) + ")" + charset;
    }

    private String newColumn() {
        String type = type();
        String nullable = random.nextInt(4) == 0 ? " NOT NULL" : " NULL";
        boolean defaults = !type.matches("(TEXT|BLOB|JSON|LONGTEXT).*") && random.nextInt(3) == 0;
        String value = defaults ? " DEFAULT " + value(new Column("", type.toLowerCase(Locale.ROOT), false, false)) : "";
        return newName("c") + " " + type + nullable + value + (random.nextInt(6) == 0 ? " COMMENT 'c'" : "");
    }

    private String type() {
        return switch (random.nextInt(kind == SourceKind.MYSQL ? 24 : 23)) {
            case 0 -> "TINYINT";
            case 1 -> "SMALLINT UNSIGNED";
            case 2 -> "MEDIUMINT";
            case 3, 4 -> "INT";
            case 5 -> "BIGINT UNSIGNED";
            case 6 -> "DECIMAL(" + (6 + random.nextInt(10)) + "," + random.nextInt(5) + ")";
            case 7 -> "FLOAT";
            case 8 -> "DOUBLE";
            case 9 -> "CHAR(" + (4 + random.nextInt(9)) + ")";
            case 10, 11, 12 -> "VARCHAR(" + (8 + random.nextInt(40)) + ")";
            case 13 -> "TEXT";
            case 14 -> "BINARY(" + (2 + random.nextInt(6)) + ")";
            case 15 -> "VARBINARY(" + (8 + random.nextInt(20)) + ")";
            case 16 -> "BLOB";
            case 17 -> "DATE";
            case 18 -> "DATETIME(" + random.nextInt(7) + ")";
            case 19 -> "TIME(" + random.nextInt(4) + ")";
            case 20 -> "YEAR";
            case 21 -> "ENUM('a','b','it''s')";
            case 22 -> random.nextBoolean() ? "SET('x','y','z')" : "BIT(" + (1 + random.nextInt(20)) + ")";
            default -> "JSON";
        };
    }

    /** Mostly the same kind of type, larger. */
    private String widened(Column column) {
        String type = column.type();
        String wider = type.startsWith("tinyint") || type.startsWith("smallint")
                ? "INT"
                : type.startsWith("mediumint")
                        ? "BIGINT"
                        : type.startsWith("int")
                                ? (type.contains("unsigned") ? "BIGINT UNSIGNED" : "BIGINT")
                                : type.startsWith("decimal")
                                        ? "DECIMAL(25,6)"
                                        : type.startsWith("char") || type.startsWith("varchar")
                                                ? (random.nextBoolean() ? "VARCHAR(90)" : "TEXT")
                                                : type.startsWith("varbinary")
                                                        ? "VARBINARY(60)"
                                                        : type.startsWith("datetime")
                                                                ? "DATETIME(6)"
                                                                : type.startsWith("time")
                                                                        ? "TIME(6)"
                                                                        : type.startsWith("date")
                                                                                ? "DATETIME"
                                                                                : type.startsWith("enum")
                                                                                        ? "ENUM('b','new','it''s','a')"
                                                                                        : type.startsWith("set")
                                                                                                ? "SET('w','x','y','z')"
                                                                                                : type.startsWith(
                                                                                                                "float")
                                                                                                        ? "DOUBLE"
                                                                                                        : type;
        String chosen = random.nextInt(12) == 0 ? type() : wider;
        boolean nullable = column.nullable() || random.nextInt(3) == 0;
        return chosen + (nullable && random.nextInt(8) > 0 ? " NULL" : " NOT NULL");
    }

    private String place(List<Column> columns) {
        return switch (random.nextInt(4)) {
            case 0 -> " FIRST";
            case 1 -> " AFTER " + pick(columns).name();
            default -> "";
        };
    }

    private String indexed(List<Column> columns) {
        Column column = pick(columns);
        boolean needsPrefix = column.type().matches("(text|blob|longtext|mediumtext|json).*");
        boolean mayHavePrefix = column.type().matches("(varchar|varbinary).*") && random.nextInt(3) == 0;
        return column.name() + (needsPrefix || mayHavePrefix ? "(6)" : "") + (random.nextInt(4) == 0 ? " DESC" : "");
    }

    private String existingIndex(String table) {
        try {
            List<String> indexes =
                    strings("SELECT DISTINCT index_name FROM information_schema.statistics WHERE table_schema ="
                            + " DATABASE() AND table_name = '" + table
                            + "' AND index_name <> 'PRIMARY' ORDER BY index_name");
            return indexes.isEmpty() ? "none" : pick(indexes);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    // ---- values ----

    private String value(Column column) {
        if (column.nullable() && random.nextInt(5) == 0) {
            return "NULL";
        }
        String type = column.type();
        int number = random.nextInt(100);
        String kindOfType = type.replaceFirst("[^a-z].*", "");
        return switch (kindOfType) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" -> String.valueOf(number);
            case "decimal" -> number + ".5";
            case "float", "double" -> number + ".25";
            case "char", "varchar" -> "'" + pick(List.of("", "a", "Ab ", "it''s", "äö", "x\\\\y")) + "'";
            case "text", "longtext", "mediumtext", "tinytext" ->
                "'" + pick(List.of("", "text", "zwei\\nZeilen", "é")) + "'";
            case "binary", "varbinary", "blob" -> "'" + pick(List.of("", "b", "bb")) + "'";
            case "date" -> "'20" + (10 + number % 80) + "-02-1" + number % 10 + "'";
            case "datetime", "timestamp" -> "'20" + (10 + number % 80) + "-02-1" + number % 10 + " 10:11:12'";
            case "time" -> "'" + (number * 5) + ":10:11'";
            case "year" -> String.valueOf(1950 + number);
            case "enum" -> type.contains("'a'") ? "'" + pick(List.of("a", "b", "it''s")) + "'" : "1";
            case "set" -> "'" + pick(List.of("", "x", "x,z", "y")) + "'";
            case "bit" -> "b'" + number % 2 + "'";
            case "json" -> "'" + pick(List.of("{}", "[1, \"two\"]", "{\"k\": null}")) + "'";
            default -> "NULL";
        };
    }

    // ---- looking ----

    private List<Column> columns(String table) throws SQLException {
        var columns = new ArrayList<Column>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT column_name, column_type, is_nullable, generation_expression FROM information_schema.columns"
                                + " WHERE table_schema = DATABASE() AND table_name = '" + table
                                + "' ORDER BY ordinal_position")) {
            while (row.next()) {
                String expression = row.getString(4);
                columns.add(new Column(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3).equals("YES"),
                        expression != null && !expression.isEmpty()));
            }
        }
        return columns;
    }

    private List<String> strings(String sql) throws SQLException {
        var strings = new ArrayList<String>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                strings.add(row.getString(1));
            }
        }
        return strings;
    }

    private String newName(String prefix) {
        return prefix + ++names;
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
