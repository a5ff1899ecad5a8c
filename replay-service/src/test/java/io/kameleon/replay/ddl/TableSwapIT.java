package io.kameleon.replay.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A loaded table in the place of one on which a view hangs, so that its rows are taken over, not the table. */
class TableSwapIT {
    private static PostgresFixture postgres;

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = new PostgresFixture();
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        postgres.close();
    }

    @BeforeEach
    void tableWithView() {
        postgres.run("DROP SCHEMA IF EXISTS live CASCADE");
        postgres.run("DROP SCHEMA IF EXISTS loading CASCADE");
        postgres.run("CREATE SCHEMA live");
        postgres.run("CREATE SCHEMA loading");
        postgres.run("CREATE TYPE live.state AS ENUM ('new', 'done')");
        postgres.run("CREATE TABLE live.t (id int PRIMARY KEY, amount numeric(10,2), state live.state)");
        postgres.run("INSERT INTO live.t VALUES (1, 1.25, 'new')");
        postgres.run("CREATE VIEW live.amounts AS SELECT amount FROM live.t");
    }

    @Test
    void tableOfTheSameColumnsGetsTheRows() throws SQLException {
        load("numeric(10,2)", "'new', 'done'");
        replace();
        assertThat(postgres.rows("SELECT amount::text FROM live.amounts")).containsExactly("5.13");
        assertThat(postgres.rows("SELECT state::text FROM live.t")).containsExactly("done");
    }

    /** PostgreSQL would round the amounts, and pad or refuse other values. */
    @Test
    void tableOfOtherColumnsIsLeftAsItIs() throws SQLException {
        load("numeric(12,3)", "'new', 'done'");
        refuses("amount numeric(12,3)");
        postgres.run("DROP SCHEMA loading CASCADE");
        postgres.run("CREATE SCHEMA loading");
        load("numeric(10,2)", "'new', 'done', 'gone'");
        refuses("state enum 'new','done','gone'");
    }

    private static void load(String amount, String labels) {
        postgres.run("CREATE TYPE loading.state AS ENUM (" + labels + ")");
        postgres.run("CREATE TABLE loading.t (id int PRIMARY KEY, amount " + amount + ", state loading.state)");
        postgres.run("INSERT INTO loading.t VALUES (1, 5.125, 'done')");
    }

    private static void refuses(String column) throws SQLException {
        assertThatThrownBy(TableSwapIT::replace)
                .hasMessageStartingWith("SCHEMA_CHANGE_FAILED")
                .hasMessageContaining(column)
                .hasMessageContaining("sync_tables");
        assertThat(postgres.rows("SELECT amount::text FROM live.amounts")).containsExactly("1.25");
    }

    private static void replace() throws SQLException {
        Connection connection = postgres.connection();
        connection.setAutoCommit(false);
        try {
            new TableSwap(connection, "loading", "live", "t").replace(List.of());
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
