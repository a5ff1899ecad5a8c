package io.kameleon.replay.apply;

import static io.kameleon.replay.row.TestPostgres.execute;
import static io.kameleon.replay.row.TestPostgres.query;
import static io.kameleon.replay.row.TestTable.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.replay.row.ConversionCounts;
import io.kameleon.replay.row.ConversionPolicy;
import io.kameleon.replay.row.DestinationTableLookup;
import io.kameleon.replay.row.RowOperation;
import io.kameleon.replay.row.TestPostgres;
import io.kameleon.replay.row.TestTable;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TypeKind;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cannot be applied is kept whole and stops neither the other rows nor the other tables (F46, invariant 6). */
class CarefulFlushIT {
    private static final TestTable PRICE = TestTable.of(
            "price",
            List.of("id"),
            column("id", TypeKind.INT, 0, false),
            TestTable.decimal("amount", 10, 2, true),
            column("label", TypeKind.TEXT, 0, true));
    private static final TestTable LOG =
            TestTable.of("log", List.of(), column("n", TypeKind.INT, 0, true), column("text", TypeKind.TEXT, 0, true));

    private final RecordingSink sink = new RecordingSink();
    private Connection connection;
    private BatchWriter writer;

    @BeforeEach
    void connect() throws SQLException {
        connection = TestPostgres.connectToEmptySchema();
        writer = new BatchWriter(connection);
        execute(
                connection,
                "CREATE TABLE replica.price (id int PRIMARY KEY, amount numeric(6,2), label text NOT NULL UNIQUE)",
                "CREATE TABLE replica.log (n int, text varchar(5))");
        connection.commit();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void refusedRowsStandAloneAndTheOthersAreApplied() throws SQLException {
        TableTarget target = target(PRICE);
        for (int i = 0; i < 400; i++) {
            create(target, row(i, amount("1.50"), "label " + i));
        }
        create(target, row(500, amount("12345.67"), "too large"));
        create(target, row(501, amount("1.00"), null));
        create(target, row(502, amount("1.00"), "fine"));

        assertRefusesARow();
        FlushResult result = writer.flushCarefully(sink);
        connection.commit();

        assertThat(query(connection, "SELECT count(*), max(id) FROM price")).containsExactly("401|502");
        assertThat(result.tables().get(target)).isEqualTo(new TableCounts(403, 0, 0, 0, 0));
        assertThat(sink.refusals).extracting(RecordingSink.Refusal::sqlState).containsExactly("22003", "23502");
        RecordingSink.Refusal first = sink.refusals.get(0);
        assertThat(first.operation()).isEqualTo(RowOperation.CREATE);
        assertThat(first.key()).isEqualTo(PRICE.key(500, null, null));
        assertThat(first.value()).isEqualTo(PRICE.create(500, amount("12345.67"), "too large"));
        assertThat(first.cause())
                .hasMessage(
                        "ROW_REFUSED: PostgreSQL refuses a row {table=replica.price, sqlstate=22003}. See 'kameleon"
                                + " show_errors' for the row; correct the destination's constraint or type, then copy the table again.");
    }

    @Test
    void refusedUpdateLeavesTheRowAsItWas() throws SQLException {
        TableTarget target = target(PRICE);
        create(target, row(1, amount("1.00"), "a"), row(2, amount("2.00"), "b"));
        writer.flush();
        connection.commit();
        update(target, row(1, amount("1.00"), "a"), row(1, amount("99999.00"), "moved"));
        update(target, row(2, amount("2.00"), "b"), row(2, amount("3.00"), "b"));
        assertRefusesARow();
        writer.flushCarefully(sink);
        assertThat(prices()).containsExactly("1|1.00|a", "2|3.00|b");
        assertThat(sink.refusals).extracting(RecordingSink.Refusal::operation).containsExactly(RowOperation.UPDATE);
    }

    @Test
    void swapBesideARefusedRowStillSwaps() throws SQLException { // F40 with F46
        TableTarget target = target(PRICE);
        create(target, row(1, null, "a"), row(2, null, "b"), row(3, null, "c"), row(4, null, "d"));
        writer.flush();
        connection.commit();
        update(target, row(1, null, "a"), row(1, null, "b"));
        update(target, row(4, null, "d"), row(4, amount("123456.00"), "e"));
        update(target, row(2, null, "b"), row(2, null, "c"));
        update(target, row(3, null, "c"), row(3, null, "a"));
        assertRefusesARow();
        writer.flushCarefully(sink);
        assertThat(prices()).containsExactly("1|NULL|b", "2|NULL|c", "3|NULL|a", "4|NULL|d");
        assertThat(sink.refusals).hasSize(1);
    }

    @Test
    void uniqueViolationAgainstAForeignRowIsRefused() throws SQLException {
        execute(connection, "INSERT INTO price VALUES (77, 1, 'taken')");
        connection.commit();
        TableTarget target = target(PRICE);
        create(target, row(1, null, "taken"), row(2, null, "free"));
        assertRefusesARow();
        writer.flushCarefully(sink);
        assertThat(prices()).containsExactly("2|NULL|free", "77|1.00|taken");
        assertThat(sink.refusals).extracting(RecordingSink.Refusal::sqlState).containsExactly("23505");
        assertThat(sink.refusals.get(0).cause().where()).containsEntry("constraint", "price_label_key");
        assertThat(allText(sink.refusals.get(0).cause())).doesNotContain("taken");
    }

    @Test
    void rowsThatCannotBeEncodedAreRefusedToo() throws SQLException {
        execute(connection, "ALTER TABLE price ALTER label TYPE smallint USING 0");
        TestTable source = TestTable.of(
                "price", List.of("id"), column("id", TypeKind.INT, 0, false), column("label", TypeKind.INT, 0, true));
        TableTarget target = target(source);
        for (int i = 0; i < 100; i++) {
            Object[] row = {i, i == 50 ? 70_000 : i};
            writer.row(target, source.key(row), source.create(row), Care.CAREFUL);
        }
        assertThatThrownBy(writer::flush).isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE));
        connection.rollback();
        execute(connection, "ALTER TABLE price ALTER label TYPE smallint USING 0");
        writer.flushCarefully(sink);
        assertThat(query(connection, "SELECT count(*) FROM price")).containsExactly("99");
        assertThat(sink.refusals).extracting(RecordingSink.Refusal::sqlState).containsExactly("");
    }

    @Test
    void refusedEventsWithoutKeyLeaveTheirRowAlone() throws SQLException { // F42 with F46
        TableTarget target = target(LOG);
        writer.row(target, null, LOG.create(1, "a"), Care.CAREFUL);
        writer.row(target, null, LOG.create(2, "b"), Care.CAREFUL);
        writer.flush();
        connection.commit();
        writer.row(target, null, LOG.update(row(1, "a"), row(1, "much too long")), Care.CAREFUL);
        writer.row(target, null, LOG.update(row(2, "b"), row(3, "b")), Care.CAREFUL);
        writer.row(target, null, LOG.delete(3, "b"), Care.CAREFUL);
        writer.row(target, null, LOG.create(4, "d"), Care.CAREFUL);
        assertRefusesARow();
        writer.flushCarefully(sink);
        assertThat(query(connection, "SELECT n, text FROM log ORDER BY n")).containsExactly("1|a", "4|d");
        assertThat(sink.refusals).hasSize(1);
    }

    @Test
    void failedTableLeavesTheOthersAlone() throws SQLException {
        TableTarget gone = target(PRICE);
        TableTarget log = target(LOG);
        create(gone, row(1, null, "a"));
        writer.row(log, null, LOG.create(1, "a"), Care.CAREFUL);
        execute(connection, "DROP TABLE price");
        connection.commit();
        assertThatThrownBy(writer::flush).isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.TABLE_UNKNOWN));
        connection.rollback();
        FlushResult result = writer.flushCarefully(sink);
        assertThat(result.tables().keySet()).containsExactly(log);
        assertThat(sink.failures).extracting(RecordingSink.Failure::target).containsExactly(gone);
        assertThat(query(connection, "SELECT n, text FROM log")).containsExactly("1|a");
    }

    @Test
    void missingPrivilegeFailsTheTableOnly() throws SQLException {
        execute(
                connection,
                "DROP ROLE IF EXISTS clerk",
                "CREATE ROLE clerk",
                "GRANT USAGE ON SCHEMA replica TO clerk",
                "GRANT SELECT, INSERT, DELETE, UPDATE ON replica.log TO clerk",
                "SET ROLE clerk");
        TableTarget denied = target(PRICE);
        TableTarget log = target(LOG);
        create(denied, row(1, null, "a"));
        writer.row(log, null, LOG.create(1, "a"), Care.CAREFUL);
        writer.flushCarefully(sink);
        assertThat(sink.failures)
                .extracting(f -> f.cause().code())
                .containsExactly(ErrorCode.DESTINATION_ACCESS_DENIED);
        assertThat(query(connection, "SELECT n, text FROM log")).containsExactly("1|a");
        connection.rollback();
    }

    private void assertRefusesARow() throws SQLException {
        assertThatThrownBy(writer::flush).isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.ROW_REFUSED));
        connection.rollback();
    }

    private static String allText(Throwable error) {
        var text = new StringBuilder();
        for (Throwable e = error; e != null; e = e.getCause()) {
            text.append(e).append('\n');
        }
        return text.toString();
    }

    private TableTarget target(TestTable source) throws SQLException {
        return TableTarget.of(
                source.format(),
                DestinationTableLookup.find(
                        connection, "replica", source.format().table().name()),
                ApplyMode.STRICT,
                ConversionPolicy.standard(new ConversionCounts()));
    }

    private void create(TableTarget target, Object[]... rows) {
        for (Object[] row : rows) {
            writer.row(target, PRICE.key(row), PRICE.create(row), Care.CAREFUL);
        }
    }

    private void update(TableTarget target, Object[] before, Object[] after) {
        writer.row(target, PRICE.key(after), PRICE.update(before, after), Care.CAREFUL);
    }

    private static Object[] row(Object... values) {
        return values;
    }

    private static BigDecimal amount(String text) {
        return new BigDecimal(text);
    }

    private List<String> prices() throws SQLException {
        return query(connection, "SELECT id, amount, label FROM price ORDER BY id");
    }
}
