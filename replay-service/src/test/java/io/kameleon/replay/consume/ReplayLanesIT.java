package io.kameleon.replay.consume;

import static io.kameleon.replay.row.TestTable.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.catalogue.store.ReplayPositionStore;
import io.kameleon.replay.row.TestTable;
import io.kameleon.schemas.table.TypeKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several lanes lose nothing and double nothing, wherever they are cut off (invariants 1, 3 and 4). */
class ReplayLanesIT {
    private static final TestTable NOTE = TestTable.of(
            "note", List.of("id"), column("id", TypeKind.INT, 0, false), column("text", TypeKind.VARCHAR, 20, true));
    private static final TestTable EVENT = TestTable.of("event", List.of(), column("n", TypeKind.INT, 0, true));
    private static final TestTable OWNER = TestTable.of("owner", List.of("id"), column("id", TypeKind.INT, 0, false));
    private static final TestTable PET = TestTable.of(
            "pet", List.of("id"), column("id", TypeKind.INT, 0, false), column("owner", TypeKind.INT, 0, true));
    private static final String DESTINATION = """
            CREATE TABLE replica.note (id int PRIMARY KEY, text varchar(20) CHECK (text <> 'refused'));
            CREATE TABLE replica.event (n int);
            CREATE TABLE replica.owner (id int PRIMARY KEY);
            CREATE TABLE replica.pet (id int PRIMARY KEY, owner int REFERENCES replica.owner);
            CREATE TABLE replica.total (n bigint);
            INSERT INTO replica.total VALUES (0);
            CREATE FUNCTION replica.count() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN UPDATE replica.total SET n = n + 1; RETURN NEW; END $$;""";
    private static final int TRANSACTIONS = 2_000;
    private static final int ROWS_EACH = 4;
    private static final long BYTES_MAX = 32L << 20;

    @TempDir
    Path directory;

    private ReplayRig rig;
    private SourceReplay replay;
    private Thread thread;

    @BeforeEach
    void start() throws Exception {
        rig = new ReplayRig(directory, List.of(NOTE, EVENT, OWNER, PET), DESTINATION);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (replay != null) {
            stopReplay();
        }
        rig.close();
    }

    private void run(int lanes) throws Exception {
        replay = rig.replay(1_600, lanes, BYTES_MAX);
        thread = new Thread(replay, "replay-" + ReplayRig.SOURCE);
        thread.start();
    }

    private void stopReplay() throws InterruptedException {
        replay.stop();
        thread.join();
        replay = null;
    }

    /** Each with one row of every table. */
    private void publish(String refused) {
        rig.begin();
        for (int id = 0; id < TRANSACTIONS; id++) {
            rig.insertInto(OWNER, id);
            rig.insertInto(NOTE, id, id % 500 == 0 ? refused : "taken");
            rig.insertInto(EVENT, id % 100);
            rig.insertLastInto(PET, id, id);
        }
        rig.commit();
    }

    private void awaitAll(long notes) throws SQLException {
        rig.awaitQuery("SELECT rows FROM sch_kameleon.replay_position", String.valueOf(TRANSACTIONS * ROWS_EACH));
        assertThat(rig.query("SELECT count(*) FROM replica.note")).isEqualTo(String.valueOf(notes));
        assertThat(rig.query("SELECT count(*) FROM replica.owner")).isEqualTo(String.valueOf(TRANSACTIONS));
        assertThat(rig.query("SELECT count(*) FROM replica.pet")).isEqualTo(String.valueOf(TRANSACTIONS));
        assertThat(rig.query("SELECT count(*) || ' ' || count(DISTINCT n) FROM replica.event"))
                .isEqualTo(TRANSACTIONS + " 100");
    }

    @Test
    void tablesAreDealtOutAndThoseJoinedByForeignKeysStayTogether() throws Exception {
        publish("taken");
        run(3);
        awaitAll(TRANSACTIONS);
        assertThat(rig.query("SELECT string_agg(lane::text, ' ' ORDER BY lane) FROM sch_kameleon.replay_lane"))
                .isEqualTo("2 3");
        assertThat(rig.query("SELECT count(*) FROM sch_kameleon.replay_lane"
                        + " WHERE ('pet' = ANY (table_names)) <> ('owner' = ANY (table_names))"))
                .isEqualTo("0");
        assertThat(rig.query("SELECT count(*) FROM sch_kameleon.error_log")).isEqualTo("0");
    }

    /** The lock keeps the first lane from its commit; the others do not need it. The number of lanes is another one afterwards. */
    @Test
    void whatSomeLanesHaveCommittedIsNotAppliedAgainByAnotherNumberOfLanes() throws Exception {
        run(3);
        ReplayRig.await("it has begun", () -> replay.status().phase() == ReplayStatus.Phase.APPLYING);
        try (Connection holder = holdPosition()) {
            publish("taken");
            tearApart();
            assertThat(rig.query("SELECT next_offset FROM sch_kameleon.replay_position"))
                    .isEqualTo("0");
            holder.rollback();
        }
        stopReplay();
        run(2);
        awaitAll(TRANSACTIONS);
        assertThat(rig.query("SELECT count(*) FROM sch_kameleon.error_log")).isEqualTo("0");
    }

    @Test
    void tableThatIsPutInPlaceWhileItWasAheadGetsItsRowsFromThePositionOn() throws Exception {
        run(3);
        ReplayRig.await("it has begun", () -> replay.status().phase() == ReplayStatus.Phase.APPLYING);
        try (Connection holder = holdPosition()) {
            publish("taken");
            tearApart();
            for (TestTable table : List.of(NOTE, EVENT)) { // as a copy that holds what stood at the position: nothing
                try (Statement statement = holder.createStatement()) {
                    statement.execute(
                            "TRUNCATE replica." + table.format().table().name());
                }
                new ReplayPositionStore()
                        .putInPlace(holder, ReplayRig.SOURCE, table.format().table());
            }
            holder.commit();
        }
        awaitAll(TRANSACTIONS);
    }

    /** In the middle of the commits of the first batch: two lanes have it, the one with the position is killed. */
    private void tearApart() throws Exception {
        rig.awaitQuery("SELECT count(*) FROM sch_kameleon.replay_lane", "2");
        rig.awaitQuery(firstLane("count(*) FILTER (WHERE wait_event_type = 'Lock')"), "1");
        assertThat(rig.query(firstLane("pg_terminate_backend(pid)"))).isEqualTo("t");
    }

    private static String firstLane(String what) {
        return "SELECT " + what + " FROM pg_stat_activity WHERE application_name = 'kameleon replay-shop'";
    }

    private Connection holdPosition() throws SQLException {
        Connection holder = rig.connections().open("holder");
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("SELECT FROM sch_kameleon.replay_position FOR SHARE");
        }
        return holder;
    }

    @Test
    void refusedRowsAreKeptAndAllOthersAppliedOnce() throws Exception {
        publish("refused");
        run(3);
        awaitAll(TRANSACTIONS - TRANSACTIONS / 500);
        assertThat(rig.query("SELECT count(*) FROM sch_kameleon.discarded_row"))
                .isEqualTo(String.valueOf(TRANSACTIONS / 500));
    }

    /** PostgreSQL sees no deadlock there: one lane waits for a row, the other for that lane. */
    @Test
    void lanesThatWaitForEachOtherThroughATriggerGiveWayToOne() throws Exception {
        try (Connection connection = rig.connections().open("rig");
                Statement statement = connection.createStatement()) {
            for (String table : List.of("note", "event", "owner")) {
                statement.execute("CREATE TRIGGER count AFTER INSERT ON replica." + table
                        + " FOR EACH STATEMENT EXECUTE FUNCTION replica.count()");
            }
        }
        publish("taken");
        run(3);
        awaitAll(TRANSACTIONS);
        assertThat(rig.query("SELECT count(*) FROM sch_kameleon.replay_lane")).isEqualTo("0");
        assertThat(Long.parseLong(rig.query("SELECT n FROM replica.total"))).isPositive();
    }

    @Test
    void replayGoesOnAfterTheServerWasKilledUnderItsLanes() throws Exception {
        publish("taken");
        run(3);
        rig.awaitQuery("SELECT count(*) > 0 FROM sch_kameleon.replay_lane", "t");
        rig.postgres().kill();
        ReplayRig.await("it waits for the server", () -> replay.status().phase() == ReplayStatus.Phase.WAITING);
        rig.postgres().restart();
        awaitAll(TRANSACTIONS);
    }
}
