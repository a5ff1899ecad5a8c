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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchWriterIT {
    private static final TestTable ACCOUNT = TestTable.of(
            "account",
            List.of("id"),
            column("id", TypeKind.INT, 0, false),
            column("mail", TypeKind.VARCHAR, 40, true),
            column("note", TypeKind.TEXT, 0, true));
    private static final TestTable EVENT = TestTable.of(
            "event", List.of(), column("kind", TypeKind.INT, 0, true), column("data", TypeKind.JSON, 0, true));

    private Connection connection;
    private BatchWriter writer;

    @BeforeEach
    void connect() throws SQLException {
        connection = TestPostgres.connectToEmptySchema();
        writer = new BatchWriter(connection);
        execute(
                connection,
                "CREATE TABLE replica.account (id int PRIMARY KEY, mail varchar(40) UNIQUE, note text)",
                "CREATE TABLE replica.event (kind int, data json)");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void threeRowsSwapTheirUniqueValuesInOneBatch() throws SQLException { // F40
        TableTarget target = target(ACCOUNT, "account", ApplyMode.STRICT);
        create(target, row(1, "a", "x"), row(2, "b", "y"), row(3, "c", "z"));
        writer.flush();
        update(target, row(1, "a", "x"), row(1, "tmp", "x"));
        update(target, row(3, "c", "z"), row(3, "a", "z"));
        update(target, row(2, "b", "y"), row(2, "c", "y"));
        update(target, row(1, "tmp", "x"), row(1, "b", "x"));
        FlushResult result = writer.flush();
        assertThat(accounts()).containsExactly("1|b|x", "2|c|y", "3|a|z");
        assertThat(result.tables().get(target)).isEqualTo(new TableCounts(0, 4, 0, 0, 0));
    }

    @Test
    void uniqueValueMovesFromDeletedAndUpdatedRowsToNewOnes() throws SQLException { // F40
        TableTarget target = target(ACCOUNT, "account", ApplyMode.STRICT);
        create(target, row(1, "a", "x"), row(2, "b", "y"), row(3, "c", "z"));
        writer.flush();
        delete(target, row(1, "a", "x"));
        create(target, row(4, "a", "new"));
        update(target, row(2, "b", "y"), row(2, null, "y"));
        create(target, row(5, "b", "new"));
        update(target, row(3, "c", "z"), row(3, "c", "kept in place"));
        writer.flush();
        assertThat(accounts()).containsExactly("2|NULL|y", "3|c|kept in place", "4|a|new", "5|b|new");
    }

    @Test
    void changedKeyArrivesAsDeleteAndInsert() throws SQLException { // F43
        TableTarget target = target(ACCOUNT, "account", ApplyMode.STRICT);
        create(target, row(1, "a", "x"), row(2, "b", "y"));
        writer.flush();
        delete(target, row(1, "a", "x"));
        create(target, row(10, "a", "x"));
        delete(target, row(2, "b", "y"));
        create(target, row(1, "b", "y"));
        FlushResult result = writer.flush();
        assertThat(accounts()).containsExactly("1|b|y", "10|a|x");
        assertThat(result.tables().get(target)).isEqualTo(new TableCounts(2, 0, 2, 0, 0));
    }

    @Test
    void rowThatComesAndGoesInOneBatchLeavesNothing() throws SQLException {
        TableTarget target = target(ACCOUNT, "account", ApplyMode.STRICT);
        create(target, row(1, "a", "x"));
        update(target, row(1, "a", "x"), row(1, "a", "y"));
        delete(target, row(1, "a", "y"));
        assertThat(writer.flush().tables().get(target)).isEqualTo(new TableCounts(1, 1, 1, 0, 0));
        assertThat(accounts()).isEmpty();
    }

    @Test
    void strictModeCountsMissingRowsAndInsertsThoseOfUpdates() throws SQLException {
        TableTarget target = target(ACCOUNT, "account", ApplyMode.STRICT);
        create(target, row(1, "a", "x"));
        writer.flush();
        update(target, row(1, "a", "x"), row(1, "a", "y"));
        update(target, row(2, "b", "x"), row(2, "b", "y"));
        update(target, row(3, "c", "x"), row(3, "d", "y"));
        delete(target, row(4, "e", "x"));
        assertThat(writer.flush().tables().get(target).missing()).isEqualTo(3);
        assertThat(accounts()).containsExactly("1|a|y", "2|b|y", "3|d|y");
    }

    @Test
    void insertThatMeetsARowReplacesItAndCountsAsConflict() throws SQLException {
        TableTarget target = target(ACCOUNT, "account", ApplyMode.STRICT);
        create(target, row(1, "a", "x"));
        writer.flush();
        connection.commit();
        create(target, row(1, "b", "new"), row(2, "c", "y"));
        assertThatThrownBy(writer::flush).isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.ROW_REFUSED));
        connection.rollback();
        var sink = new RecordingSink();
        assertThat(writer.flushCarefully(sink).tables().get(target)).isEqualTo(new TableCounts(2, 0, 0, 0, 1));
        assertThat(sink.refusals).isEmpty();
        assertThat(accounts()).containsExactly("1|b|new", "2|c|y");
    }

    @Test
    void idempotentModeStealsUniqueValuesFromLaterRows() throws SQLException {
        execute(connection, "CREATE UNIQUE INDEX ON replica.account (left(note, 2)) WHERE id > 0");
        TableTarget target = target(ACCOUNT, "account", ApplyMode.IDEMPOTENT);
        execute(
                connection,
                "INSERT INTO account VALUES (5, 'a', 'future'), (6, 'f', 'py later'), (-7, 'g', 'py outside')");
        create(target, row(1, "a", "old"), row(2, "q", "py"));
        writer.flush();
        assertThat(accounts()).containsExactly("-7|g|py outside", "1|a|old", "2|q|py");
        create(target, row(1, "a", "old"), row(2, "q", "py"));
        delete(target, row(2, "q", "py"));
        create(target, row(6, "f", "py later"));
        update(target, row(1, "a", "old"), row(1, "b", "old"));
        create(target, row(5, "a", "future"));
        writer.flush();
        assertThat(accounts()).containsExactly("-7|g|py outside", "1|b|old", "5|a|future", "6|f|py later");
    }

    @Test
    void modeMayChangeWithinABatchButNotBack() throws SQLException {
        TableTarget before = target(ACCOUNT, "account", ApplyMode.IDEMPOTENT);
        TableTarget after = before.withMode(ApplyMode.STRICT);
        execute(connection, "INSERT INTO account VALUES (1, 'a', 'there')");
        create(before, row(1, "a", "x"));
        update(after, row(1, "a", "x"), row(1, "a", "y"));
        assertThatThrownBy(() -> delete(before, row(1, "a", "y"))).isInstanceOf(IllegalStateException.class);
        FlushResult result = writer.flush();
        assertThat(result.tables().keySet()).containsExactly(before, after);
        assertThat(result.tables().get(after).missing()).isZero();
        assertThat(accounts()).containsExactly("1|a|y");
    }

    @Test
    void manyTablesGoInFewTripsAndEachHasItsOwnCounts() throws SQLException {
        var targets = new ArrayList<TableTarget>();
        for (int i = 0; i < 150; i++) {
            execute(connection, "CREATE TABLE replica.many" + i + " (id int PRIMARY KEY, mail varchar(40), note text)");
            targets.add(target(ACCOUNT, "many" + i, ApplyMode.STRICT));
            create(targets.get(i), row(1, "a", "x"), row(2, "b", "y"));
        }
        writer.flush();
        for (int i = 0; i < 150; i++) {
            update(targets.get(i), row(1, "a", "x"), row(1, "a", "table " + i));
            delete(targets.get(i), row(2, "b", "y"));
            if (i % 3 == 0) {
                update(targets.get(i), row(3, "c", "z"), row(3, "c", "was missing"));
                delete(targets.get(i), row(4, "d", "z"));
            }
        }
        FlushResult result = writer.flush();
        for (int i = 0; i < 150; i++) {
            boolean missing = i % 3 == 0;
            assertThat(result.tables().get(targets.get(i)))
                    .isEqualTo(missing ? new TableCounts(0, 2, 2, 2, 0) : new TableCounts(0, 1, 1, 0, 0));
            assertThat(query(connection, "SELECT note FROM many" + i + " ORDER BY id"))
                    .isEqualTo(missing ? List.of("table " + i, "was missing") : List.of("table " + i));
        }
    }

    @Test
    void failureNamesTheTableWhoseStatementFailedAndTheConnectionGoesOn() throws SQLException {
        var targets = new ArrayList<TableTarget>();
        for (int i = 0; i < 5; i++) {
            execute(connection, "CREATE TABLE replica.one" + i + " (id int PRIMARY KEY, mail varchar(40), note text)");
            targets.add(target(ACCOUNT, "one" + i, ApplyMode.STRICT));
        }
        execute(connection, "INSERT INTO replica.one3 VALUES (7, 'in', 'the way')");
        connection.commit();
        targets.forEach(target -> create(target, row(7, "a", "x")));
        assertThatThrownBy(writer::flush)
                .isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.getMessage() + e.where())
                        .contains("one3")
                        .doesNotContain("one2")
                        .doesNotContain("one4"));
        connection.rollback();
        writer.clear();
        execute(connection, "DELETE FROM replica.one3");
        targets.forEach(target -> create(target, row(7, "a", "x")));
        writer.flush();
        for (int i = 0; i < 5; i++) {
            assertThat(query(connection, "SELECT id FROM one" + i)).containsExactly("7");
        }
    }

    @Test
    void rowGatheredForAFastFlushIsNotShownAsARefusedOne() throws SQLException {
        TableTarget target = target(ACCOUNT, "account", ApplyMode.STRICT);
        create(target, row(1, "m".repeat(41), "x"));
        assertThatThrownBy(() -> writer.flushCarefully(new RecordingSink()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not kept whole");
    }

    @Test
    void rowsThatGoByCopyComeAfterTheDeletesBeforeThem() throws SQLException { // F40
        TableTarget target = target(ACCOUNT, "account", ApplyMode.STRICT);
        for (int i = 0; i < 400; i++) {
            create(target, row(i, "mail " + i, "x"));
        }
        writer.flush();
        for (int i = 0; i < 400; i++) {
            update(target, row(i, "mail " + i, "x"), row(i, "mail " + (i + 1) % 400, "y"));
        }
        assertThat(writer.flush().tables().get(target)).isEqualTo(new TableCounts(0, 400, 0, 0, 0));
        assertThat(query(
                        connection,
                        "SELECT count(*), count(DISTINCT mail) FROM account"
                                + " WHERE mail = 'mail ' || (id + 1) % 400 AND note = 'y'"))
                .containsExactly("400|400");
    }

    @Test
    void rowsWithoutKeyAreMatchedByTheirFullImageOnePerEvent() throws SQLException { // F42
        TableTarget target = target(EVENT, "event", ApplyMode.STRICT);
        create(target, row(1, "{}"), row(1, "{}"), row(1, "{}"), row(null, "[1]"), row(null, null), row(2, null));
        writer.flush();
        delete(target, row(1, "{}"));
        delete(target, row(null, null));
        update(target, row(1, "{}"), row(7, "{}"));
        update(target, row(7, "{}"), row(8, "{}"));
        update(target, row(null, "[1]"), row(null, "[2]"));
        delete(target, row(9, "{}"));
        FlushResult result = writer.flush();
        assertThat(query(connection, "SELECT kind, data FROM event ORDER BY 1, 2::text"))
                .containsExactly("1|{}", "2|NULL", "8|{}", "NULL|[2]");
        assertThat(result.tables().get(target)).isEqualTo(new TableCounts(0, 3, 3, 1, 0));
    }

    @Test
    void partitionedTablesWithoutKeyLoseTheRightRow() throws SQLException {
        execute(
                connection,
                "DROP TABLE event",
                "CREATE TABLE event (kind int, data json) PARTITION BY LIST (kind)",
                "CREATE TABLE event_1 PARTITION OF event FOR VALUES IN (1)",
                "CREATE TABLE event_2 PARTITION OF event FOR VALUES IN (2)");
        TableTarget target = target(EVENT, "event", ApplyMode.STRICT);
        create(target, row(1, "{}"), row(2, "{}"));
        writer.flush();
        delete(target, row(2, "{}"));
        writer.flush();
        assertThat(query(connection, "SELECT kind FROM event")).containsExactly("1");
    }

    @Test
    void tablesWithoutIdentityRefuseIdempotentMode() {
        assertThatThrownBy(() -> target(EVENT, "event", ApplyMode.IDEMPOTENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows of shop.event have no identity, so they cannot be applied twice");
    }

    @Test
    void columnsMayBeGeneratedDroppedReorderedOrTheDestinationsOwn() throws SQLException { // F51
        execute(
                connection,
                "DROP TABLE account",
                "CREATE TABLE account (gone int, note text, own int DEFAULT 42, mail varchar(40),"
                        + " id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED)",
                "ALTER TABLE account DROP COLUMN gone");
        TableTarget target = target(ACCOUNT, "account", ApplyMode.STRICT);
        create(target, row(1, "a", "x"), row(2, "b", "y"));
        writer.flush();
        update(target, row(1, "a", "x"), row(1, "c", "z"));
        delete(target, row(2, "b", "y"));
        writer.flush();
        assertThat(query(connection, "SELECT id, mail, note, own, twice FROM account"))
                .containsExactly("1|c|z|42|2");
    }

    @Test
    void structureMayChangeBetweenFlushes() throws SQLException {
        for (int i = 1; i <= 3; i++) {
            TableTarget target = target(ACCOUNT, "account", ApplyMode.STRICT);
            create(target, row(i, "a" + i, "x"));
            writer.flush();
            update(target, row(i, "a" + i, "x"), row(i, "a" + i, "y"));
            writer.flush();
            execute(
                    connection,
                    "ALTER TABLE account ADD COLUMN more" + i + " int, DROP COLUMN IF EXISTS more" + (i - 1));
        }
        assertThat(accounts()).containsExactly("1|a1|y", "2|a2|y", "3|a3|y");
        connection.commit();
        for (int i = 1; i <= 2; i++) {
            execute(
                    connection,
                    "DROP TABLE account",
                    "CREATE TABLE account (mail text, id bigint PRIMARY KEY, note text)");
            TableTarget target = target(ACCOUNT, "account", ApplyMode.STRICT);
            create(target, row(1, "a", "x"));
            writer.flush();
            update(target, row(1, "a", "x"), row(1, "a", "again"));
            writer.flush();
            assertThat(accounts()).containsExactly("1|a|again");
            connection.rollback();
        }
    }

    @Test
    void hostileNamesAreQuoted() throws SQLException { // F65
        TestTable source = TestTable.of(
                "select \"?\" 'x",
                List.of("or?der"),
                column("or?der", TypeKind.INT, 0, false),
                column("Sp ace\"$", TypeKind.TEXT, 0, true),
                column("s", TypeKind.TEXT, 0, true),
                column("d", TypeKind.TEXT, 0, true));
        execute(
                connection,
                "CREATE TABLE replica.\"select \"\"?\"\" 'x\" (\"or?der\" int PRIMARY KEY, \"Sp ace\"\"$\" text UNIQUE,"
                        + " s text, d text UNIQUE)");
        TableTarget target = target(source, "select \"?\" 'x", ApplyMode.STRICT);
        create(source, target, row(1, "a", "b", "c"));
        writer.flush();
        writer.row(target, source.key(1), source.update(row(1, "a", "b", "c"), row(1, "a", "z", "c")), Care.FAST);
        writer.flush();
        TableTarget again = target.withMode(ApplyMode.IDEMPOTENT);
        create(source, again, row(2, "a", "b", "c"));
        writer.flush();
        assertThat(query(connection, "SELECT * FROM \"select \"\"?\"\" 'x\"")).containsExactly("2|a|b|c");
    }

    @Test
    void missingColumnAndTableSayWhatToDo() throws SQLException {
        execute(connection, "ALTER TABLE account DROP COLUMN note");
        assertThatThrownBy(() -> target(ACCOUNT, "account", ApplyMode.STRICT))
                .hasMessage(
                        "COLUMN_MISSING: Column 'note' is in the row image but not in the destination"
                                + " {table=replica.account}. Add it in PostgreSQL, then copy it again with 'kameleon init_replica'.");
        assertThatThrownBy(() -> target(ACCOUNT, "nowhere", ApplyMode.STRICT))
                .hasMessage("TABLE_UNKNOWN: The destination has no such table {table=replica.nowhere}."
                        + " Create it, or copy the source again with 'kameleon init_replica'.");
    }

    @Test
    void lostConnectionAndLocksAreRetried() throws SQLException {
        connection.commit();
        TableTarget target = target(ACCOUNT, "account", ApplyMode.STRICT);
        connection.commit();
        try (Connection other = TestPostgres.connect()) {
            execute(other, "LOCK TABLE account");
            execute(connection, "SET LOCAL lock_timeout = '20ms'");
            create(target, row(1, "a", "x"));
            assertThatThrownBy(writer::flush)
                    .isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                            .isEqualTo(ErrorCode.DESTINATION_BUSY));
            other.rollback();
            connection.rollback();
            String pid = query(connection, "SELECT pg_backend_pid()").get(0);
            query(other, "SELECT pg_terminate_backend(" + pid + ", 5000)");
            assertThatThrownBy(writer::flush)
                    .isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                            .isEqualTo(ErrorCode.DESTINATION_UNREACHABLE));
        }
    }

    @Test
    void bufferedBytesFollowTheNetChanges() throws SQLException {
        TableTarget target = target(ACCOUNT, "account", ApplyMode.STRICT);
        create(target, row(1, "a", "x".repeat(1000)));
        long one = writer.bufferedBytes();
        assertThat(one).isBetween(1000L, 2000L);
        for (int i = 0; i < 100; i++) {
            update(target, row(1, "a", "x"), row(1, "a", "y"));
        }
        assertThat(writer.bufferedBytes()).isLessThan(one);
        writer.flush();
        assertThat(writer.bufferedBytes()).isZero();
        assertThat(accounts()).containsExactly("1|a|y");
    }

    @Test
    void fewChangesByKeyReadNoWholeTableThoughItWasEmptyWhenTheyCameFirst() throws SQLException {
        TableTarget target = target(ACCOUNT, "account", ApplyMode.STRICT);
        for (int id = 1; id <= 10; id++) { // PostgreSQL would keep a plan for a table without a row
            update(target, row(-1, "a" + id, "x"), row(-id, "a" + id, "y"));
            delete(target, row(-100 - id, "d" + id, "x"));
            writer.flush();
        }
        execute(connection, "INSERT INTO account SELECT g, 'm' || g, 'n' FROM generate_series(1, 20000) g");
        long before = wholeReads();
        for (int id = 1; id <= 20; id++) {
            update(target, row(id, "m" + id, "n"), row(id, "m" + id, "changed"));
            delete(target, row(10_000 + id, "m", "n"));
        }
        assertThat(writer.flush().tables().get(target)).isEqualTo(new TableCounts(0, 20, 20, 0, 0));
        assertThat(wholeReads()).isEqualTo(before);
        assertThat(query(connection, "SELECT count(*) FROM account WHERE note = 'changed'"))
                .containsExactly("20");
    }

    /** Sequential scans of the table in the open transaction. */
    private long wholeReads() throws SQLException {
        return Long.parseLong(
                query(connection, "SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'account'")
                        .get(0));
    }

    private TableTarget target(TestTable source, String table, ApplyMode mode) throws SQLException {
        return TableTarget.of(
                source.format(),
                DestinationTableLookup.find(connection, "replica", table),
                mode,
                ConversionPolicy.standard(new ConversionCounts()));
    }

    private void create(TableTarget target, Object[]... rows) {
        create(source(target), target, rows);
    }

    private void create(TestTable source, TableTarget target, Object[]... rows) {
        for (Object[] row : rows) {
            writer.row(target, source.key(row), source.create(row), Care.FAST);
        }
    }

    private void update(TableTarget target, Object[] before, Object[] after) {
        writer.row(target, source(target).key(after), source(target).update(before, after), Care.FAST);
    }

    private void delete(TableTarget target, Object[] before) {
        writer.row(target, source(target).key(before), source(target).delete(before), Care.FAST);
    }

    private static TestTable source(TableTarget target) {
        return target.format().table().name().equals("event") ? EVENT : ACCOUNT;
    }

    private static Object[] row(Object... values) {
        return values;
    }

    private List<String> accounts() throws SQLException {
        return query(connection, "SELECT id, mail, note FROM replica.account ORDER BY id");
    }
}
