package io.kameleon.reader.server;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads table definitions as the server writes them. Views are left out, and so are MariaDB's sequences.
 *
 * <p>Statements are sent {@value #BATCH} at a time, so that a server with 20,000 tables answers in seconds. One thread at
 * a time, as its session.
 */
public final class DefinitionReader {
    private static final int BATCH = 200;

    private static final String TABLES = """
            SELECT TABLE_SCHEMA, TABLE_NAME, COALESCE(ENGINE, ''), COALESCE(TABLE_ROWS, 0), COALESCE(AVG_ROW_LENGTH, 0)
            FROM information_schema.TABLES
            WHERE TABLE_SCHEMA = ? AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')
            """;

    private final SourceServer server;

    public DefinitionReader(SourceServer server) {
        this.server = server;
    }

    /** The schema's tables with their sizes, by name; empty when there is no such schema. */
    public List<TableFacts> tables(String schema) {
        return server.list(TABLES + " ORDER BY TABLE_NAME", DefinitionReader::facts, schema);
    }

    /** One table's facts; null when there is no such table. */
    public TableFacts table(TableId id) {
        List<TableFacts> found =
                server.list(TABLES + " AND TABLE_NAME = ?", DefinitionReader::facts, id.schema(), id.name());
        return found.isEmpty() ? null : found.get(0);
    }

    /** The next AUTO_INCREMENT value of each of the schemas' tables that has one. */
    public Map<TableId, BigDecimal> autoIncrements(Collection<String> schemas) {
        var next = new TreeMap<TableId, BigDecimal>();
        for (String schema : schemas) {
            server.each(
                    "SELECT TABLE_SCHEMA, TABLE_NAME, AUTO_INCREMENT FROM information_schema.TABLES"
                            + " WHERE TABLE_SCHEMA = ? AND AUTO_INCREMENT IS NOT NULL",
                    row -> next.put(new TableId(row.getString(1), row.getString(2)), row.getBigDecimal(3)),
                    schema);
        }
        return next;
    }

    /** MariaDB's sequences in these schemas, as the server has them now. */
    public List<TableId> sequences(Collection<String> schemas) {
        var sequences = new ArrayList<TableId>();
        for (String schema : schemas) {
            server.each(
                    "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?"
                            + " AND TABLE_TYPE = 'SEQUENCE'",
                    row -> sequences.add(new TableId(row.getString(1), row.getString(2))),
                    schema);
        }
        return sequences;
    }

    /** Each table's {@code SHOW CREATE TABLE}, by table. A table that goes away meanwhile is left out. */
    public Map<TableId, String> definitions(Collection<String> schemas) {
        var definitions = new TreeMap<TableId, String>();
        for (String schema : schemas) {
            List<TableId> tables = server.list(
                    "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?"
                            + " AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')",
                    row -> new TableId(row.getString(1), row.getString(2)),
                    schema);
            for (int from = 0; from < tables.size(); from += BATCH) {
                definitions.putAll(batch(tables.subList(from, Math.min(from + BATCH, tables.size()))));
            }
        }
        return definitions;
    }

    /** The {@code SHOW CREATE TABLE} of one table; null when there is no such table. */
    public String definition(TableId table) {
        return oneByOne(List.of(table)).get(table);
    }

    /** Character set and collation that a new table gets without saying, by schema. Missing schemas are left out. */
    public Map<String, SchemaDefaults> schemaDefaults(Collection<String> schemas) {
        var defaults = new TreeMap<String, SchemaDefaults>();
        for (String schema : schemas) {
            server.each(
                    "SELECT SCHEMA_NAME, DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME"
                            + " FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?",
                    row -> defaults.put(row.getString(1), new SchemaDefaults(row.getString(2), row.getString(3))),
                    schema);
        }
        return defaults;
    }

    /**
     * A label of an ENUM or SET column as it is. MariaDB sets a variable of the column's type to the value; MySQL has no such thing, so
     * that a row has to be found that holds the label.
     *
     * @param value number of an ENUM's label, mask of a SET's
     * @throws ReplicationException TYPE_UNSUPPORTED when no row of MySQL holds it
     */
    public String label(TableId table, String column, String value) {
        if (!value.matches("\\d{1,20}")) {
            throw new IllegalArgumentException("no number of a label: " + value);
        }
        return server.facts().isMariaDb() ? variableLabel(table, column, value) : storedLabel(table, column, value);
    }

    private String variableLabel(TableId table, String column, String value) {
        return text(server.value("BEGIN NOT ATOMIC DECLARE label TYPE OF " + Identifiers.quote(table) + "."
                + Identifiers.quote(column) + "; SET label = " + value
                + "; SELECT HEX(CONVERT(label USING utf8mb4)); END"));
    }

    /** The value that is the label alone: of a SET other rows may hold it too, which are not looked at. */
    private String storedLabel(TableId table, String column, String value) {
        String name = Identifiers.quote(column);
        List<String> found = server.list(
                "SELECT HEX(CONVERT(" + name + " USING utf8mb4)) FROM " + Identifiers.quote(table) + " WHERE " + name
                        + " = " + value + " LIMIT 1",
                row -> row.getString(1));
        if (found.isEmpty()) {
            throw new ReplicationException(
                    ErrorCode.TYPE_UNSUPPORTED,
                    "A label of column '" + column
                            + "' may have a character that SHOW CREATE TABLE does not show, and no row" + " has it",
                    Map.of("table", table, "label", value),
                    "Insert a row with that label alone for the time of the copy, or leave the table out with skip_tables.");
        }
        return text(found.get(0));
    }

    private static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }

    private static TableFacts facts(ResultSet row) throws SQLException {
        return new TableFacts(
                new TableId(row.getString(1), row.getString(2)), row.getString(3), row.getLong(4), row.getLong(5));
    }

    private Map<TableId, String> batch(List<TableId> tables) {
        String sql = tables.stream().map(DefinitionReader::showCreate).collect(Collectors.joining("; "));
        var definitions = new LinkedHashMap<TableId, String>();
        try (Statement statement = server.connection().createStatement()) {
            boolean hasRows = statement.execute(sql);
            for (int i = 0; i < tables.size() && hasRows; i++) {
                try (ResultSet row = statement.getResultSet()) {
                    if (row.next()) {
                        definitions.put(tables.get(i), row.getString(2));
                    }
                }
                hasRows = statement.getMoreResults();
            }
            return definitions;
        } catch (SQLException e) {
            if (SourceErrors.isTableMissing(e)) {
                return oneByOne(tables); // one table went away, and the server gave up the statements after it
            }
            throw server.failure(e, "reading table definitions");
        }
    }

    private Map<TableId, String> oneByOne(List<TableId> tables) {
        var definitions = new LinkedHashMap<TableId, String>();
        for (TableId table : tables) {
            try {
                server.eachRow(showCreate(table), row -> definitions.put(table, row.getString(2)));
            } catch (SQLException e) {
                if (!SourceErrors.isTableMissing(e)) {
                    throw server.failure(e, "reading table definitions");
                }
            }
        }
        return definitions;
    }

    private static String showCreate(TableId table) {
        return "SHOW CREATE TABLE " + Identifiers.quote(table);
    }

    /** A schema's own character set and collation, MySQL's names. */
    public record SchemaDefaults(String charset, String collation) {}
}
