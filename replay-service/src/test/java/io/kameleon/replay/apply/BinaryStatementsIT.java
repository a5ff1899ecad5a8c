package io.kameleon.replay.apply;

import static io.kameleon.replay.row.TestPostgres.execute;
import static io.kameleon.replay.row.TestPostgres.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.replay.apply.BinaryStatements.BinaryParameter;
import io.kameleon.replay.apply.BinaryStatements.BinaryStatement;
import io.kameleon.replay.apply.BinaryStatements.Outcome;
import io.kameleon.replay.row.TestPostgres;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BinaryStatementsIT {
    private static final int INT4 = 23;
    private static final String INSERT = "INSERT INTO replica.n SELECT generate_series(1, ?)";
    private static final String DELETE = "DELETE FROM replica.n WHERE i > ?";

    private Connection connection;
    private BinaryStatements statements;

    @BeforeEach
    void connect() throws SQLException {
        connection = TestPostgres.connectToEmptySchema();
        execute(connection, "CREATE TABLE replica.n (i int PRIMARY KEY)");
        connection.commit();
        statements = new BinaryStatements(connection);
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void statementsOfOneTripRunInOrderAndEachHasItsRows() throws SQLException {
        for (int trip = 0; trip < 3; trip++) { // prepared in the first, taken from the cache afterwards
            var outcome = new Outcome();
            statements.execute(List.of(statement(INSERT, 5), statement(DELETE, 3), statement(DELETE, 0)), outcome);
            assertThat(outcome.rows()).containsExactly(5L, 2L, 3L);
        }
    }

    @Test
    void statementThatReadsHasNoRows() throws SQLException {
        assertThat(statements.execute("SELECT set_config('kameleon.test', ?::text, true)", parameter(7)))
                .isZero();
        assertThat(query(connection, "SELECT current_setting('kameleon.test')")).containsExactly("7");
    }

    @Test
    void nothingBehindAFailureIsRun() throws SQLException {
        var outcome = new Outcome();
        assertThatThrownBy(() -> statements.execute(
                        List.of(statement(INSERT, 5), statement(INSERT, 1), statement(DELETE, 0)), outcome))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
        assertThat(outcome.rows()).containsExactly(5L);
        connection.rollback();
        assertThat(statements.execute(INSERT, parameter(2))).isEqualTo(2);
    }

    private static BinaryStatement statement(String sql, int value) {
        return new BinaryStatement(sql, List.of(parameter(value)));
    }

    private static BinaryParameter parameter(int value) {
        return new BinaryParameter(
                ByteBuffer.allocate(Integer.BYTES).putInt(value).array(), INT4);
    }
}
