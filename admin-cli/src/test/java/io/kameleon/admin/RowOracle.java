package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Compares a schema on both sides by plain SQL: every row becomes a text on each side, every table a row count and a sum of
 * hashes that does not depend on the order of rows. Tables without a key are counted with their doubles.
 */
final class RowOracle {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final int FETCH_ROWS = 1_000;
    private static final String MOMENT_TEXT =
            "CASE WHEN isfinite(%1$s) THEN to_char(%1$s, 'YYYY-MM-DD HH24:MI:SS.US') ELSE" + " %1$s::text END";

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
    record Column(String name, Form form, int length, boolean nullable) {
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
        /** As the double that it is: as text a FLOAT has six digits on the source. */
        FLOATING("%1$s * 1e0", "%1$s::float8::text"),
        FLOATS("HEX(%1$s)", "%1$s::text"),
        GEOMETRY("HEX(%1$s)", "upper(encode(%1$s, 'hex'))"),
        ADDRESS("CAST(%1$s AS CHAR)", "host(%1$s)"),
        JSON("CAST(%1$s AS CHAR)", "%1$s::text"),
        BOOLEAN("CAST(%1$s AS CHAR)", "%1$s::int::text"),
        BYTES("HEX(%1$s)", "upper(encode(%1$s, 'hex'))"),
        BITS("LPAD(BIN(%1$s + 0), %2$d, '0')", "%1$s::text"),
        LABELS("CAST(%1$s AS CHAR)", "array_to_string(%1$s, ',')"),
        TIME(
                "CONCAT(IF(%1$s < '00:00:00', '-', ''), HOUR(%1$s) * 3600 + MINUTE(%1$s) * 60 + SECOND(%1$s), '.',"
                        + " LPAD(MICROSECOND(%1$s), 6, '0'))",
                "extract(epoch from %1$s)::text"),
        DATE("CAST(%1$s AS CHAR)", "%1$s::text"),
        MOMENT("DATE_FORMAT(%1$s, '%%Y-%%m-%%d %%H:%%i:%%s.%%f')", MOMENT_TEXT);

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
                case "date" -> DATE;
                case "_float4" -> FLOATS;
                case "inet" -> ADDRESS;
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
        return columns(origin, originSchema, table, copy, copySchema, table);
    }

    static List<Column> columns(
            Connection origin,
            String originSchema,
            String originTable,
            Connection copy,
            String copySchema,
            String copyTable)
            throws SQLException {
        var columns = new ArrayList<Column>();
        List<String> geometries = names(
                origin,
                "SELECT column_name FROM information_schema.columns WHERE table_schema = ? AND table_name = '"
                        + originTable.replace("\\", "\\\\").replace("'", "''")
                        + "' AND (data_type LIKE 'geom%' OR data_type LIKE '%point' OR data_type LIKE '%linestring'"
                        + " OR data_type LIKE '%polygon')",
                originSchema);
        try (PreparedStatement query =
                copy.prepareStatement("SELECT column_name, udt_name, character_maximum_length, is_nullable = 'YES'"
                        + " FROM information_schema.columns"
                        + " WHERE table_schema = ? AND table_name = ? ORDER BY column_name")) {
            query.setString(1, copySchema);
            query.setString(2, copyTable);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String name = row.getString(1);
                    Form form = geometries.contains(name) ? Form.GEOMETRY : Form.of(row.getString(2));
                    columns.add(new Column(name, form, row.getInt(3), row.getBoolean(4)));
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
                columns,
                RowOracle::originNormal);
    }

    private Content copy(String table, List<Column> columns) throws SQLException {
        List<String> expressions = columns.stream().map(Column::copyExpression).toList();
        copy.setAutoCommit(false); // else the driver reads the whole table at once
        Content content = content(
                copy,
                "SELECT " + String.join(", ", expressions) + " FROM \"" + copySchema + "\".\"" + table + "\"",
                columns,
                RowOracle::copyNormal);
        copy.commit();
        copy.setAutoCommit(true);
        return content;
    }

    private static Content content(
            Connection side, String sql, List<Column> columns, BiFunction<Column, String, String> normal)
            throws SQLException {
        long rows = 0;
        long hash = 0;
        try (Statement statement = side.createStatement()) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) {
                    rows++;
                    hash += hash(row, columns, normal);
                }
            }
        }
        return new Content(rows, hash);
    }

    private static long hash(ResultSet row, List<Column> columns, BiFunction<Column, String, String> normal)
            throws SQLException {
        var text = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            text.append(text(columns.get(i), row.getString(i + 1), normal)).append('\u0001');
        }
        UUID digest = UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8));
        return digest.getMostSignificantBits() ^ digest.getLeastSignificantBits();
    }

    /** What both sides hold alike. @param value null for NULL */
    static String text(Column column, String value, BiFunction<Column, String, String> normal) {
        String known = value == null ? null : normal.apply(column, value);
        return known == null ? "\u0002" : known;
    }

    /** Null stands for NULL. */
    static String originNormal(Column column, String value) {
        return switch (column.form()) {
            case DATE, MOMENT -> isDate(value) ? value : column.nullable() ? null : "-infinity";
            case GEOMETRY -> value.isEmpty() ? "" : value.substring(0, 8) + " " + value.substring(8);
            case FLOATS -> floats(value);
            case TEXT -> value.replace("\0", "");
            default -> bothNormal(column.form(), value);
        };
    }

    static String copyNormal(Column column, String value) {
        return switch (column.form()) {
            case GEOMETRY -> ewkb(value);
            case FLOATS -> floatTexts(value.substring(1, value.length() - 1));
            default -> bothNormal(column.form(), value);
        };
    }

    private static String bothNormal(Form form, String value) {
        return switch (form) {
            case NUMBER, TIME -> new BigDecimal(value).stripTrailingZeros().toPlainString();
            case FLOATING -> Double.toString(Double.parseDouble(value));
            case JSON -> json(value);
            case ADDRESS -> address(value);
            default -> value;
        };
    }

    /** Not zero, not partial, no 30th of February, no year 0. */
    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text.substring(0, 10)).getYear() > 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** As the source has it: SRID, then WKB. All of it is little-endian. */
    private static String ewkb(String hex) {
        if (hex.isEmpty()) {
            return "";
        }
        boolean system = hex.startsWith("20", 8);
        return system
                ? hex.substring(10, 18) + " " + hex.substring(0, 8) + "00" + hex.substring(18)
                : "00000000 " + hex;
    }

    private static String floats(String hex) {
        var numbers = ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.LITTLE_ENDIAN);
        var text = new ArrayList<String>();
        while (numbers.hasRemaining()) {
            text.add(Float.toString(numbers.getFloat()));
        }
        return String.join(",", text);
    }

    private static String floatTexts(String numbers) {
        return Arrays.stream(numbers.split(",", -1))
                .map(number -> Float.toString(Float.parseFloat(number)))
                .collect(Collectors.joining(","));
    }

    private static String address(String text) {
        try {
            return (text.contains(":") ? "6 " : "4 ")
                    + InetAddress.getByName(text).getHostAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError("no address", e);
        }
    }

    private static String json(String value) {
        try {
            return JSON.writeValueAsString(canonical(JSON.readValue(value, Object.class)));
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON", e);
        }
    }

    /** Numbers by their value, texts without NUL. */
    private static Object canonical(Object json) {
        if (json instanceof Map<?, ?> object) {
            var members = new TreeMap<String, Object>();
            object.forEach((name, member) -> members.put(name.toString(), canonical(member)));
            return members;
        }
        if (json instanceof List<?> array) {
            return array.stream().map(RowOracle::canonical).toList();
        }
        if (json instanceof Number number) {
            return "#" + new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        }
        return json instanceof String text ? text.replace("\0", "") : String.valueOf(json);
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
