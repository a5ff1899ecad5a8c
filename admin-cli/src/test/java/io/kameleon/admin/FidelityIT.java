package io.kameleon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.admin.FidelityCase.Place;
import io.kameleon.sandbox.SandboxPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every type with its boundary values, as key, in a unique key, plain and without a key: copied, changed, deleted by its full image,
 * and streamed again. What arrives is the source's each time, and the copy's and the stream's values and column types are the same
 * (F6, F7, F52 to F63). The results are the table of {@code docs/fidelity.md}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FidelityIT {
    private static final String WRITE_PROPERTY = "kameleon.docs.write";
    private static final String KEYED = "key, unique, plain, keyless";
    private static final String PLAIN = "plain, keyless";
    private static final FidelityReport REPORT = new FidelityReport("types", "Type", "PostgreSQL", "Values", "Columns");

    @TempDir
    Path directory;

    @AfterAll
    static void writeReport() throws Exception {
        REPORT.writeJson();
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("io.kameleon.admin.SourceKind#available")
    void everyTypeArrivesTheSameByCopyAndByStream(SourceKind kind) throws Exception {
        List<FidelityCase> cases = FidelityCases.on(kind);
        List<FidelityForm> forms = FidelityForm.on(kind);
        announce();
        try (ReplicaRig rig = ReplicaRig.start(kind, directory)) {
            rig.createSchema();
            run(rig, creations(kind, cases, forms));
            run(rig, insertions(cases, forms));
            rig.register();
            rig.succeeds("init_replica");
            rig.assertSidesAreEqual();
            assertTypes(rig, cases);
            Map<String, String> copied = content(rig);

            rig.runReplica();
            run(rig, changes(cases, forms));
            rig.awaitReplica();
            rig.assertSidesAreEqual();

            run(rig, deletions(cases, forms));
            rig.awaitReplica();
            rig.assertSidesAreEqual();

            run(rig, insertions(cases, forms));
            run(rig, streamedTables(cases));
            rig.awaitReplica();
            rig.assertSidesAreEqual();
            Map<String, String> streamed = content(rig);
            cases.forEach(c -> {
                String table = c.table(Place.STREAMED);
                assertThat(streamed.remove(table)).as(table).isEqualTo(copied.get(c.table(Place.PLAIN)));
            });
            assertThat(streamed).as("values of each table, streamed again").isEqualTo(copied);
            assertThat(rig.succeeds("show_errors")).as("refused rows").contains("No errors");
            report(kind, rig, cases, forms);
        }
    }

    @Order(2)
    @Test
    void theDocumentOfTheTypesIsWhatTheTestsFound() throws Exception {
        String expected = REPORT.expectedDocument();
        if (Boolean.getBoolean(WRITE_PROPERTY)) {
            FidelityReport.write(expected);
        }
        assertThat(FidelityReport.document())
                .as("docs/fidelity.md is out of date; write it anew by this test with -D" + WRITE_PROPERTY
                        + "=true and, for MySQL's column, -Dmysql.url")
                .isEqualTo(expected);
    }

    private static void announce() {
        FidelityCases.all().forEach(c -> REPORT.row(cells(c)));
        FidelityForm.all().forEach(form -> REPORT.row(cells(form)));
    }

    private static String[] cells(FidelityCase c) {
        String type = c.type().length() > 60 ? c.type().substring(0, 40) + "..." : c.type();
        return new String[] {
            "`" + type + "`", "`" + c.postgres() + "`", c.edges(), c.keyed().isEmpty() ? PLAIN : KEYED
        };
    }

    private static String[] cells(FidelityForm form) {
        return new String[] {form.name(), "as its type", form.edges(), "-"};
    }

    private static void report(SourceKind kind, ReplicaRig rig, List<FidelityCase> cases, List<FidelityForm> forms)
            throws SQLException {
        try (Connection connection = rig.source().connect("")) {
            REPORT.server(kind, connection.getMetaData().getDatabaseProductVersion());
        }
        cases.forEach(c -> REPORT.result(kind, "equal", cells(c)));
        forms.forEach(form -> REPORT.result(kind, "equal", cells(form)));
    }

    private static List<String> creations(SourceKind kind, List<FidelityCase> cases, List<FidelityForm> forms) {
        var statements = new ArrayList<String>();
        if (kind == SourceKind.MYSQL) {
            statements.add("SET sql_generate_invisible_primary_key = ON");
        }
        forms.forEach(form -> statements.add(form.create()));
        if (kind == SourceKind.MYSQL) {
            statements.add("SET sql_generate_invisible_primary_key = OFF");
        }
        cases.forEach(c -> c.places().forEach(place -> statements.add(c.create(place))));
        return statements;
    }

    private static List<String> insertions(List<FidelityCase> cases, List<FidelityForm> forms) {
        var statements = new ArrayList<String>();
        forms.forEach(form -> statements.add(form.fill()));
        cases.forEach(c -> c.places().forEach(place -> statements.add(c.insert(place))));
        return statements;
    }

    private static List<String> changes(List<FidelityCase> cases, List<FidelityForm> forms) {
        var statements = new ArrayList<String>();
        forms.forEach(form -> statements.add(form.change()));
        cases.forEach(c -> c.places().forEach(place -> statements.addAll(c.changes(place))));
        return statements;
    }

    private static List<String> deletions(List<FidelityCase> cases, List<FidelityForm> forms) {
        var statements = new ArrayList<String>();
        forms.forEach(form -> statements.add("DELETE FROM " + form.table()));
        forms.forEach(form -> statements.add("ALTER TABLE " + form.table() + " AUTO_INCREMENT = 1"));
        cases.forEach(c -> c.places().forEach(place -> statements.add("DELETE FROM " + c.table(place))));
        return statements;
    }

    private static List<String> streamedTables(List<FidelityCase> cases) {
        var statements = new ArrayList<String>();
        for (FidelityCase c : cases) {
            statements.add(c.create(Place.STREAMED));
            statements.add(c.insert(Place.STREAMED));
        }
        return statements;
    }

    /** In one session that lets every value in, however odd. */
    private static void run(ReplicaRig rig, List<String> statements) throws SQLException {
        try (Connection connection = rig.source().connect(rig.source().schema());
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'");
            for (String sql : statements) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    throw new SQLException(sql.substring(0, Math.min(sql.length(), 300)), e);
                }
            }
        }
    }

    private static void assertTypes(ReplicaRig rig, List<FidelityCase> cases) throws SQLException {
        Map<String, String> found = query(
                rig,
                "SELECT c.relname, CASE WHEN t.typtype = 'e' THEN 'enum' ELSE format_type(a.atttypid, a.atttypmod) END"
                        + " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'v'"
                        + " JOIN pg_type t ON t.oid = a.atttypid WHERE c.relkind = 'r' AND c.relnamespace = '"
                        + ReplicaRig.DESTINATION + "'::regnamespace");
        for (FidelityCase c : cases) {
            for (Place place : c.places()) {
                assertThat(found.get(c.table(place))).as(c.table(place)).isEqualTo(c.postgres());
            }
        }
    }

    /** Per table the type of its column v and all its rows, as PostgreSQL prints them. */
    private static Map<String, String> content(ReplicaRig rig) throws SQLException {
        var content = new TreeMap<String, String>();
        Map<String, String> tables =
                query(rig, "SELECT tablename, '' FROM pg_tables WHERE schemaname = '" + ReplicaRig.DESTINATION + "'");
        for (String table : tables.keySet()) {
            String rows = "SELECT '" + table + "', coalesce(string_agg(md5(t::text), ',' ORDER BY md5(t::text)), '')"
                    + " || ' ' || coalesce(min((SELECT CASE WHEN typtype = 'e' THEN 'enum' ELSE typname::text END"
                    + " FROM pg_type WHERE oid = pg_typeof(v))), '') FROM " + ReplicaRig.DESTINATION + "." + table
                    + " t";
            content.putAll(query(rig, rows));
        }
        return content;
    }

    private static Map<String, String> query(ReplicaRig rig, String sql) throws SQLException {
        var rows = new TreeMap<String, String>();
        try (Connection connection = rig.postgres().connect(SandboxPostgres.REPLICA_DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.put(row.getString(1), row.getString(2));
            }
        }
        return rows;
    }
}
