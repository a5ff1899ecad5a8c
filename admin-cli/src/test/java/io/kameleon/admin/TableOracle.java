package io.kameleon.admin;

import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.reader.ddl.Charsets;
import io.kameleon.reader.ddl.NameCase;
import io.kameleon.reader.ddl.ServerDialect;
import io.kameleon.reader.ddl.ShowCreateParser;
import io.kameleon.reader.server.DefinitionReader;
import io.kameleon.reader.server.ServerFacts;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.replay.ddl.DdlWriter;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Compares single tables of both sides, structure and rows. PostgreSQL's structure has to be what a table made anew from the
 * source's SHOW CREATE TABLE has; the order of columns does not count.
 */
final class TableOracle implements AutoCloseable {
    private static final String FRESH = "kameleon_fresh";
    /** Their locks fit into PostgreSQL's lock table. */
    private static final int TABLES_AT_ONCE = 100;

    private final SourceServer origin;
    private final Connection copy;
    private final SourceSettings settings;
    private final ShowCreateParser parser;

    TableOracle(SourceSettings settings, Connection copy) throws SQLException {
        this.settings = settings;
        this.origin = SourceServer.connect(settings.address());
        this.copy = copy;
        ServerFacts facts = origin.facts();
        ServerDialect dialect = ServerDialect.of(facts.version() + (facts.isMariaDb() ? "-MariaDB" : ""));
        this.parser = new ShowCreateParser(
                dialect,
                NameCase.of(facts.lowerCaseTableNames()),
                Charsets.of(dialect, facts.defaultCollations(), facts.defaultCollation()));
        origin.execute("SET time_zone = '+00:00'");
        execute("SET TIME ZONE 'UTC'");
    }

    /** What differs, by table; tables that are equal, or on neither side, are left out. */
    Map<TableId, String> differences(Collection<TableId> tables, Map<TableId, TableDefinition> tracked)
            throws SQLException {
        Map<TableId, TableDefinition> shown = shown(tables);
        Set<String> existing = existing();
        var differences = new TreeMap<TableId, String>();
        var present = new ArrayList<TableDefinition>();
        for (TableId id : tables) {
            boolean copied = existing.contains(schema(id) + "." + DestinationNames.table(id.name()));
            TableDefinition definition = shown.get(id);
            if (definition == null && (copied || tracked.containsKey(id))) {
                differences.put(id, copied ? "still in PostgreSQL" : "still tracked");
            } else if (definition != null && !copied) {
                differences.put(id, "not in PostgreSQL");
            } else if (definition != null) {
                present.add(definition);
                if (!masked(definition).equals(tracked.get(id) == null ? null : masked(tracked.get(id)))) {
                    differences.put(id, "tracked as " + tracked.get(id) + "\nbut is " + definition);
                }
            }
        }
        compareStructure(present, differences);
        for (TableDefinition table : present) {
            if (!differences.containsKey(table.id())) {
                compareRows(table.id(), differences);
            }
        }
        return differences;
    }

    private Map<TableId, TableDefinition> shown(Collection<TableId> tables) {
        var wanted = new TreeSet<>(tables);
        var schemas = new TreeSet<String>();
        wanted.forEach(id -> schemas.add(id.schema()));
        var shown = new HashMap<TableId, TableDefinition>();
        new DefinitionReader(origin).definitions(schemas).forEach((id, text) -> {
            if (wanted.contains(id)) {
                shown.put(id, parser.parse(id, text));
            }
        });
        return shown;
    }

    private String schema(TableId id) {
        return settings.filter().destinationSchema(id.schema()).orElseThrow();
    }

    private Set<String> existing() throws SQLException {
        var names = new TreeSet<String>();
        rows("SELECT schemaname || '.' || tablename FROM pg_tables").forEach(names::add);
        return names;
    }

    // ---- structure ----

    private void compareStructure(List<TableDefinition> tables, Map<TableId, String> differences) throws SQLException {
        for (int from = 0; from < tables.size(); from += TABLES_AT_ONCE) {
            List<TableDefinition> some = tables.subList(from, Math.min(from + TABLES_AT_ONCE, tables.size()));
            var bySchema = new TreeMap<String, List<TableDefinition>>();
            some.forEach(t -> bySchema.computeIfAbsent(schema(t.id()), s -> new ArrayList<>())
                    .add(t));
            for (Map.Entry<String, List<TableDefinition>> schema : bySchema.entrySet()) {
                Map<String, List<String>> fresh = fresh(schema.getValue());
                Map<String, List<String>> found = structure(schema.getKey());
                for (TableDefinition table : schema.getValue()) {
                    String name = DestinationNames.table(table.id().name());
                    if (!found.getOrDefault(name, List.of()).equals(fresh.get(name))) {
                        differences.putIfAbsent(
                                table.id(), "is in PostgreSQL\n" + found.get(name) + "\nnot\n" + fresh.get(name));
                    }
                }
            }
        }
    }

    private Map<String, List<String>> fresh(List<TableDefinition> tables) throws SQLException {
        var ddl = new DdlWriter(settings.types(), OptionalInt.empty());
        copy.setAutoCommit(false);
        try {
            execute("CREATE SCHEMA " + FRESH);
            for (TableDefinition table : tables) {
                execute(String.join(";\n", ddl.create(table, FRESH).all()));
            }
            return structure(FRESH);
        } finally {
            copy.rollback();
            copy.setAutoCommit(true);
        }
    }

    /** By table; without the schema's name. */
    private Map<String, List<String>> structure(String schema) throws SQLException {
        String in = " WHERE n.nspname = '" + schema.replace("'", "''") + "'";
        execute("SET search_path TO \"" + schema.replace("\"", "\"\"") + "\"");
        var facts = new TreeMap<String, List<String>>();
        facts(
                facts,
                "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,"
                        + " pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum),"
                        + " (SELECT array_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = a.atttypid)"
                        + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
                        + " LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum" + in
                        + " AND c.relkind = 'r' ORDER BY c.relname, a.attname");
        facts(
                facts,
                "SELECT c.relname, 'comment', obj_description(c.oid, 'pg_class') FROM pg_class c"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace" + in + " AND c.relkind = 'r'");
        facts(
                facts,
                "SELECT tablename, indexname, replace(indexdef, quote_ident(schemaname) || '.', '') FROM pg_indexes"
                        + " WHERE schemaname = '" + schema.replace("'", "''") + "' ORDER BY tablename, indexname");
        facts(
                facts,
                "SELECT c.relname, o.conname, pg_get_constraintdef(o.oid) FROM pg_constraint o"
                        + " JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace" + in
                        + " AND o.contype <> 'n' ORDER BY 1, 2");
        execute("RESET search_path");
        return facts;
    }

    private void facts(Map<String, List<String>> facts, String query) throws SQLException {
        try (Statement statement = copy.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                var fact = new ArrayList<String>();
                for (int i = 2; i <= row.getMetaData().getColumnCount(); i++) {
                    fact.add(row.getString(i));
                }
                facts.computeIfAbsent(row.getString(1), t -> new ArrayList<>()).add(fact.toString());
            }
        }
    }

    /** Without the text of expressions, which the server writes anew. */
    private static TableDefinition masked(TableDefinition t) {
        List<ColumnDefinition> columns =
                t.columns().stream().map(TableOracle::masked).toList();
        List<IndexDefinition> indexes = t.indexes().stream()
                .map(i -> new IndexDefinition(
                        i.name(),
                        i.kind(),
                        i.parts().stream().map(TableOracle::masked).toList()))
                .toList();
        return t.withColumns(columns).withIndexes(indexes);
    }

    private static ColumnDefinition masked(ColumnDefinition c) {
        boolean expression = c.defaultValue() != null && c.defaultValue().kind() == ColumnDefault.Kind.EXPRESSION;
        return expression ? c.withDefault(new ColumnDefault(ColumnDefault.Kind.EXPRESSION, "...")) : c;
    }

    private static IndexDefinition.Part masked(IndexDefinition.Part p) {
        return p.expression().isEmpty()
                ? p
                : new IndexDefinition.Part(p.column(), p.prefixLength(), p.descending(), "...");
    }

    // ---- rows ----

    private void compareRows(TableId id, Map<TableId, String> differences) throws SQLException {
        String name = DestinationNames.table(id.name());
        List<RowOracle.Column> columns =
                RowOracle.columns(origin.connection(), id.schema(), id.name(), copy, schema(id), name);
        List<String> expected = content(
                origin.connection(),
                columns.stream().map(RowOracle.Column::originExpression).toList(),
                "`" + id.schema() + "`.`" + id.name().replace("`", "``") + "`",
                columns,
                RowOracle::originNormal);
        List<String> found = content(
                copy,
                columns.stream().map(RowOracle.Column::copyExpression).toList(),
                "\"" + schema(id) + "\".\"" + name.replace("\"", "\"\"") + "\"",
                columns,
                RowOracle::copyNormal);
        if (!expected.equals(found)) {
            differences.put(id, "has the rows\n" + found + "\nnot\n" + expected + "\nof " + columns);
        }
    }

    private static List<String> content(
            Connection side,
            List<String> expressions,
            String table,
            List<RowOracle.Column> columns,
            BiFunction<RowOracle.Column, String, String> normal)
            throws SQLException {
        var rows = new ArrayList<String>();
        try (Statement statement = side.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + String.join(", ", expressions) + " FROM " + table)) {
            while (row.next()) {
                var values = new ArrayList<String>();
                for (int i = 0; i < columns.size(); i++) {
                    values.add(RowOracle.text(columns.get(i), row.getString(i + 1), normal));
                }
                rows.add(values.toString());
            }
        }
        rows.sort(null);
        return rows;
    }

    private List<String> rows(String query) throws SQLException {
        var rows = new ArrayList<String>();
        try (Statement statement = copy.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = copy.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        origin.close();
    }
}
