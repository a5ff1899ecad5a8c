package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Compares a schema on both sides by plain SQL: every row becomes a text on each side, every table a row count and a sum of
 * hashes that does not depend on the order of rows. Tables without a key are counted with their doubles.
 */
final class RowOracle {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    private static final int FETCH_ROWS = 1_000;
    private static final Pattern ZERO_DATE = Pattern.compile("\\d{4}-(00-\\d\\d|\\d\\d-00)");

    private final Connection origin;
    private final String originSchema;
    private final Connection copy;
    private final String copySchema;

    RowOracle(Connection origin, String originSchema, Connection copy, String copySchema) {
        this.origin = origin;
        this.originSchema = originSchema;
        this.copy = copy;
        this.copySchema = copySchema;
    }

    /** A table's content. */
    record Content(long rows, long hash) {}

    /** How the two sides write one column's values as text. */
    record Column(String name, Form form, int length) {
        String originExpression() {
            return form.origin.formatted("`" + name.replace("`", "``") + "`", length);
        }

        String copyExpression() {
            return form.copy.formatted("\"" + name.replace("\"", "\"\"") + "\"", length);
        }
    }

    enum Form {
        TEXT("CAST(%1$s AS CHAR)", "%1$s::text"),
        NUMBER("CAST(%1$s AS CHAR)", "%1$s::text"),
        FLOATING("CAST(%1$s AS CHAR)", "%1$s::text"),
        JSON("CAST(%1$s AS CHAR)", "%1$s::text"),
        BOOLEAN("CAST(%1$s AS CHAR)", "%1$s::int::text"),
        BYTES("HEX(%1$s)", "upper(encode(%1$s, 'hex'))"),
        BITS("LPAD(BIN(%1$s + 0), %2$d, '0')", "%1$s::text"),
        LABELS("CAST(%1$s AS CHAR)", "array_to_string(%1$s, ',')"),
        TIME(
                "CONCAT(IF(%1$s < '00:00:00', '-', ''), HOUR(%1$s) * 3600 + MINUTE(%1$s) * 60 + SECOND(%1$s), '.',"
                        + " LPAD(MICROSECOND(%1$s), 6, '0'))",
                "extract(epoch from %1$s)::text"),
        MOMENT(
                "DATE_FORMAT(%1$s, '%%Y-%%m-%%d %%H:%%i:%%s.%%f')",
                "CASE WHEN isfinite(%1$s) THEN to_char(%1$s, 'YYYY-MM-DD HH24:MI:SS.US') END");

        private final String origin;
        private final String copy;

        Form(String origin, String copy) {
            this.origin = origin;
            this.copy = copy;
        }

        static Form of(String type) {
            return switch (type) {
                case "int2", "int4", "int8", "numeric" -> NUMBER;
                case "float4", "float8" -> FLOATING;
                case "json", "jsonb" -> JSON;
                case "bool" -> BOOLEAN;
                case "bytea" -> BYTES;
                case "bit", "varbit" -> BITS;
                case "_text", "_varchar" -> LABELS;
                case "interval", "time" -> TIME;
                case "timestamp", "timestamptz" -> MOMENT;
                default -> TEXT;
            };
        }
    }

    void assertEqual() throws SQLException {
        execute(origin, "SET time_zone = '+00:00'");
        execute(copy, "SET TIME ZONE 'UTC'");
        execute(copy, "SET extra_float_digits = 1");
        List<String> tables = names(
                origin,
                "SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'",
                originSchema);
        assertThat(names(copy, "SELECT tablename FROM pg_tables WHERE schemaname = ?", copySchema))
                .as("tables in PostgreSQL")
                .containsExactlyInAnyOrderElementsOf(tables);
        Map<String, Content> expected = new TreeMap<>();
        Map<String, Content> found = new TreeMap<>();
        for (String table : tables) {
            compareColumns(table);
            List<Column> columns = columns(table);
            expected.put(table, origin(table, columns));
            found.put(table, copy(table, columns));
        }
        assertThat(found).as("rows and sum of hashes of each table").isEqualTo(expected);
    }

    private void compareColumns(String table) throws SQLException {
        String sql = "SELECT column_name FROM information_schema.columns WHERE table_schema = ? AND table_name = '"
                + table + "'";
        assertThat(names(copy, sql, copySchema))
                .as("columns of %s in PostgreSQL", table)
                .containsExactlyInAnyOrderElementsOf(names(origin, sql, originSchema));
    }

    private List<Column> columns(String table) throws SQLException {
        return columns(copy, copySchema, table);
    }

    static List<Column> columns(Connection copy, String copySchema, String table) throws SQLException {
        var columns = new ArrayList<Column>();
        try (PreparedStatement query = copy.prepareStatement(
                "SELECT column_name, udt_name, character_maximum_length FROM information_schema.columns"
                        + " WHERE table_schema = ? AND table_name = ? ORDER BY column_name")) {
            query.setString(1, copySchema);
            query.setString(2, table);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    columns.add(new Column(row.getString(1), Form.of(row.getString(2)), row.getInt(3)));
                }
            }
        }
        return columns;
    }

    private Content origin(String table, List<Column> columns) throws SQLException {
        List<String> expressions =
                columns.stream().map(Column::originExpression).toList();
        return content(
                origin,
                "SELECT " + String.join(", ", expressions) + " FROM `" + originSchema + "`.`" + table + "`",
                columns);
    }

    private Content copy(String table, List<Column> columns) throws SQLException {
        List<String> expressions = columns.stream().map(Column::copyExpression).toList();
        copy.setAutoCommit(false); // else the driver reads the whole table at once
        Content content = content(
                copy,
                "SELECT " + String.join(", ", expressions) + " FROM \"" + copySchema + "\".\"" + table + "\"",
                columns);
        copy.commit();
        copy.setAutoCommit(true);
        return content;
    }

    private static Content content(Connection side, String sql, List<Column> columns) throws SQLException {
        long rows = 0;
        long hash = 0;
        try (Statement statement = side.createStatement()) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) {
                    rows++;
                    hash += hash(row, columns);
                }
            }
        }
        return new Content(rows, hash);
    }

    private static long hash(ResultSet row, List<Column> columns) throws SQLException {
        var text = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            text.append(normal(columns.get(i).form(), row.getString(i + 1))).append('\u0001');
        }
        UUID digest = UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8));
        return digest.getMostSignificantBits() ^ digest.getLeastSignificantBits();
    }

    /** What both sides hold alike: a zero date is null or minus infinity in PostgreSQL. */
    static String normal(Form form, String value) {
        if (value == null
                || value.equals("-infinity")
                || ZERO_DATE.matcher(value).lookingAt()) {
            return "\u0002";
        }
        return switch (form) {
            case NUMBER, TIME -> new BigDecimal(value).stripTrailingZeros().toPlainString();
            case FLOATING -> Double.toString(Double.parseDouble(value));
            case JSON -> json(value);
            default -> value;
        };
    }

    private static String json(String value) {
        try {
            return JSON.writeValueAsString(JSON.readValue(value, Object.class));
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON", e);
        }
    }

    private static List<String> names(Connection side, String sql, String schema) throws SQLException {
        var names = new ArrayList<String>();
        try (PreparedStatement query = side.prepareStatement(sql)) {
            query.setString(1, schema);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        return names;
    }

    private static void execute(Connection side, String sql) throws SQLException {
        try (Statement statement = side.createStatement()) {
            statement.execute(sql);
        }
    }
}
