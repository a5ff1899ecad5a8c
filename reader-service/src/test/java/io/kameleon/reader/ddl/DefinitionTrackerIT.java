package io.kameleon.reader.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.sandbox.SandboxMariaDb;
import io.kameleon.sandbox.TestMySql;
import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The oracle for the model (F28): after each statement, what the tracker holds is what the server itself shows.
 *
 * <p>Stated differences: the text of expressions, which the server rewrites; the tracker keeps them as written.
 */
class DefinitionTrackerIT {
    private static final String DATABASE = "kameleon_ddl_it";

    @TempDir
    static Path directory;

    private static SandboxMariaDb mariaDb;
    private static Connection connection;
    private static ServerDialect dialect;

    @BeforeAll
    static void connect() throws SQLException {
        Optional<TestMySql> given = TestMySql.given();
        if (given.isPresent()) {
            connection = given.get().connect("");
        } else {
            mariaDb = SandboxMariaDb.startIn(directory);
            connection = mariaDb.connect("");
        }
        dialect = ServerDialect.of(value("SELECT version()"));
    }

    @AfterAll
    static void close() throws SQLException {
        execute("DROP DATABASE IF EXISTS " + DATABASE);
        connection.close();
        if (mariaDb != null) {
            mariaDb.stop();
        }
    }

    @Test
    void statementsOfBothServersAreFollowedAsTheServerDoes() throws Exception {
        follow("both.sql");
    }

    @Test
    void statementsOfThisServerAloneAreFollowedAsTheServerDoes() throws Exception {
        follow(dialect.isMariaDb() ? "mariadb.sql" : "mysql.sql");
    }

    private static void follow(String script) throws Exception {
        DefinitionTracker tracker = tracker();
        execute("DROP DATABASE IF EXISTS " + DATABASE);
        apply("CREATE DATABASE " + DATABASE + " CHARACTER SET utf8mb4", tracker);
        execute("USE " + DATABASE);
        var softly = new SoftAssertions();
        for (String statement : statements(script)) {
            softly.assertThatCode(() -> apply(statement, tracker)).doesNotThrowAnyException();
            Map<TableId, TableDefinition> shown = shown();
            softly.assertThat(tracker.lost()).as("after: %s", statement).isEmpty();
            softly.assertThat(tracker.definitions().keySet())
                    .as("after: %s", statement)
                    .isEqualTo(shown.keySet());
            shown.forEach((id, table) -> tracker.definition(id).ifPresent(tracked -> softly.assertThat(masked(tracked))
                    .as("after: %s", statement)
                    .isEqualTo(masked(table))));
            reset(tracker, shown); // each difference is told once
        }
        softly.assertAll();
    }

    private static void reset(DefinitionTracker tracker, Map<TableId, TableDefinition> shown) {
        tracker.definitions().keySet().forEach(tracker::remove);
        tracker.lost().forEach(tracker::remove);
        shown.values().forEach(tracker::put);
    }

    private static DefinitionTracker tracker() throws SQLException {
        return new DefinitionTracker(dialect, NameCase.SENSITIVE, charsets(), DATABASE::equals);
    }

    private static Charsets charsets() throws SQLException {
        var collations = new TreeMap<String, String>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT character_set_name, default_collate_name FROM information_schema.character_sets")) {
            while (rows.next()) {
                collations.put(rows.getString(1), rows.getString(2));
            }
        }
        return Charsets.of(dialect, collations, value("SELECT @@collation_server"));
    }

    private static void apply(String statement, DefinitionTracker tracker) throws SQLException {
        execute(statement);
        var mode = new SqlMode(Long.parseLong(value("SELECT @@sql_mode + 0")));
        tracker.apply(statement, SessionContext.of(DATABASE, 0).withSqlMode(mode));
    }

    private static Map<TableId, TableDefinition> shown() throws SQLException {
        var parser = new ShowCreateParser(dialect, NameCase.SENSITIVE, charsets());
        var tables = new TreeMap<TableId, TableDefinition>();
        for (String table : tableNames()) {
            var id = new TableId(DATABASE, table);
            tables.put(id, parser.parse(id, showCreate(table)));
        }
        return tables;
    }

    private static List<String> tableNames() throws SQLException {
        var names = new ArrayList<String>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND"
                                + " table_schema = '" + DATABASE + "'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static String showCreate(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW CREATE TABLE `" + table.replace("`", "``") + "`")) {
            rows.next();
            return rows.getString(2);
        }
    }

    /** Expressions without their text. */
    private static TableDefinition masked(TableDefinition t) {
        List<ColumnDefinition> columns =
                t.columns().stream().map(DefinitionTrackerIT::masked).toList();
        List<IndexDefinition> indexes = t.indexes().stream()
                .map(index -> new IndexDefinition(
                        index.name(),
                        index.kind(),
                        index.parts().stream().map(DefinitionTrackerIT::masked).toList()))
                .toList();
        return new TableDefinition(
                t.id(), columns, t.primaryKey(), indexes, t.foreignKeys(), t.charset(), t.collation(), t.comment());
    }

    private static ColumnDefinition masked(ColumnDefinition c) {
        boolean expression = c.defaultValue() != null && c.defaultValue().kind() == ColumnDefault.Kind.EXPRESSION;
        return expression ? ColumnChange.withDefault(c, new ColumnDefault(ColumnDefault.Kind.EXPRESSION, "...")) : c;
    }

    private static IndexDefinition.Part masked(IndexDefinition.Part p) {
        return p.expression().isEmpty()
                ? p
                : new IndexDefinition.Part(p.column(), p.prefixLength(), p.descending(), "...");
    }

    private static List<String> statements(String script) throws IOException {
        try (InputStream in = DefinitionTrackerIT.class.getResourceAsStream(script)) {
            assertThat(in).as(script).isNotNull();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(text.split(";\n"));
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + " in: " + sql, e);
        }
    }

    private static String value(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
