package io.kameleon.replay.apply;

import static io.kameleon.replay.row.TestPostgres.execute;
import static io.kameleon.replay.row.TestPostgres.query;
import static io.kameleon.replay.row.TestTable.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.replay.row.ConversionCounts;
import io.kameleon.replay.row.ConversionPolicy;
import io.kameleon.replay.row.DestinationTableLookup;
import io.kameleon.replay.row.TestPostgres;
import io.kameleon.replay.row.TestTable;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TypeKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CopyLoaderIT {
    private static final TestTable ITEM = TestTable.of(
            "item", List.of("id"), column("id", TypeKind.INT, 0, false), column("size", TypeKind.INT, 0, true));

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = TestPostgres.connectToEmptySchema();
        execute(connection, "CREATE TABLE replica.item (id int PRIMARY KEY, size smallint CHECK (size <> 13))");
        connection.commit();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void rowsOfManyChunksArrive() throws SQLException {
        try (CopyLoader loader = begin()) {
            for (int i = 0; i < 20_000; i++) {
                load(loader, i, 1);
            }
            assertThat(loader.finish()).isEqualTo(20_000);
        }
        assertThat(query(connection, "SELECT count(*), sum(id) FROM item")).containsExactly("20000|199990000");
    }

    @Test
    void rowThatCannotBeEncodedIsLeftOutAndTheLoadGoesOn() throws SQLException {
        try (CopyLoader loader = begin()) {
            load(loader, 1, 1);
            assertThatThrownBy(() -> load(loader, 2, 40_000))
                    .isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                            .isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE));
            load(loader, 3, null);
            assertThat(loader.finish()).isEqualTo(2);
        }
        assertThat(query(connection, "SELECT id, size FROM item ORDER BY id")).containsExactly("1|1", "3|NULL");
    }

    @Test
    void refusedRowFailsTheLoadAndTheConnectionStaysUsable() throws SQLException {
        try (CopyLoader loader = begin()) {
            load(loader, 1, 13);
            assertThatThrownBy(loader::finish)
                    .hasMessageStartingWith("ROW_REFUSED: PostgreSQL refuses a row {table=replica.item,"
                            + " constraint=item_size_check, sqlstate=23514}.");
            assertThatThrownBy(() -> load(loader, 2, 2)).isInstanceOf(IllegalStateException.class);
        }
        connection.rollback();
        assertThat(query(connection, "SELECT count(*) FROM item")).containsExactly("0");
    }

    @Test
    void unfinishedLoadIsCancelledOnClose() throws SQLException {
        try (CopyLoader loader = begin()) {
            load(loader, 1, 1);
        }
        connection.rollback();
        assertThat(query(connection, "SELECT count(*) FROM item")).containsExactly("0");
    }

    private CopyLoader begin() throws SQLException {
        return CopyLoader.begin(
                connection,
                DestinationTableLookup.find(connection, "replica", "item"),
                ITEM.rowFormat(),
                ConversionPolicy.standard(new ConversionCounts()));
    }

    private static void load(CopyLoader loader, Object... values) {
        byte[] row = ITEM.row(values);
        loader.row(row, 0, row.length);
    }
}
