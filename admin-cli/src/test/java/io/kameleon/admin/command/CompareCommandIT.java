package io.kameleon.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.admin.Kameleon;
import io.kameleon.sandbox.SandboxMariaDb;
import io.kameleon.sandbox.SandboxPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a replica that was really copied. */
class CompareCommandIT {
    @TempDir
    private static Path directory;

    private static SandboxMariaDb mariaDb;
    private static SandboxPostgres postgres;
    private static Path config;

    @BeforeAll
    static void copyASchema() throws SQLException, IOException {
        mariaDb = SandboxMariaDb.startIn(directory.resolve("mariadb"));
        postgres = SandboxPostgres.startIn(directory.resolve("postgres"));
        execute(
                mariaDb.connect(""),
                "CREATE DATABASE shop",
                "CREATE TABLE shop.items (id INT PRIMARY KEY, name VARCHAR(20), price DOUBLE)",
                "INSERT INTO shop.items VALUES (1, 'one', 0.1), (2, 'two', 0.2), (3, 'three', 0.3)",
                "CREATE TABLE shop.notes (t TEXT)",
                "INSERT INTO shop.notes VALUES ('x'), ('x')");
        config = Files.writeString(directory.resolve("test.yml"), configuration());
        for (String command : new String[] {"create_replica_schema", "add_source", "init_replica"}) {
            Run run = command.equals("create_replica_schema") ? run(command) : run(command, "--source", "shop");
            assertThat(run.exitCode).as(command + run.err).isZero();
        }
    }

    @AfterAll
    static void stop() {
        mariaDb.close();
        postgres.close();
    }

    @Test
    void anExactCopyIsEqualAndAChangedOneIsNot() throws SQLException {
        Run equal = run("compare", "--source", "shop");
        execute(
                postgres.connect(SandboxPostgres.REPLICA_DATABASE),
                "UPDATE shop.items SET name = 'Two' WHERE id = 2",
                "DELETE FROM shop.items WHERE id = 3");
        Run different = run("compare", "--source", "shop");
        Run otherTable = run("compare", "--source", "shop", "--tables", "shop.notes");
        Run json = run("compare", "--source", "shop", "--schema", "shop", "--format", "json");

        assertThat(equal.exitCode).as(equal.err).isZero();
        assertThat(equal.out).endsWith("Equal.\n");
        assertThat(different.exitCode).isEqualTo(1);
        assertThat(different.out)
                .contains("shop.items: different: id=2 in name\n", "shop.items: missing in the destination: id=3\n")
                .endsWith("Different.\n");
        assertThat(otherTable.exitCode).isZero();
        assertThat(json.exitCode).isEqualTo(1);
        assertThat(json.out).contains("\"equal\" : false", "\"differences_total\" : 2");
    }

    @Test
    void whatIsNotReplicatedCannotBeCompared() {
        Run table = run("compare", "--source", "shop", "--tables", "shop.none");
        Run schema = run("compare", "--source", "shop", "--schema", "none");

        assertThat(table.exitCode).isEqualTo(1);
        assertThat(table.err)
                .isEqualTo("TABLE_UNKNOWN: The source has no such tables that are replicated {source=shop,"
                        + " tables=[shop.none]}. Name them as schema.table, as the source does.\n");
        assertThat(schema.exitCode).isEqualTo(1);
        assertThat(schema.err)
                .isEqualTo(
                        "SOURCE_SCHEMA_MISSING: The schema is not replicated {source=shop, schema=none}. Name one that"
                                + " schema_mappings has: [shop].\n");
    }

    private static String configuration() {
        return """
                pid_dir: '%1$s/pid'
                log_dir: '%1$s/logs'
                pg_conn: {host: 127.0.0.1, port: %2$d, user: %3$s, password: '%4$s', database: %5$s, sslmode: disable}
                kafka: {bootstrap_servers: embedded, directory: '%1$s/kafka'}
                sources:
                  shop:
                    type: mariadb
                    db_conn: {host: 127.0.0.1, port: %6$d, user: %7$s, password: '%8$s', ssl_mode: disabled}
                    schema_mappings: {shop: shop}
                """.formatted(
                        directory,
                        postgres.port(),
                        SandboxPostgres.REPLICA_USER,
                        postgres.replicaPassword(),
                        SandboxPostgres.REPLICA_DATABASE,
                        mariaDb.port(),
                        SandboxMariaDb.REPLICA_USER,
                        mariaDb.replicaPassword());
    }

    private record Run(int exitCode, String out, String err) {}

    private static Run run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        String[] withConfig = Arrays.copyOf(arguments, arguments.length + 2);
        withConfig[arguments.length] = "--config";
        withConfig[arguments.length + 1] = config.toString();
        int exitCode = Kameleon.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(withConfig);
        return new Run(exitCode, out.toString(), err.toString());
    }

    private static void execute(Connection opened, String... statements) throws SQLException {
        try (Connection connection = opened;
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
