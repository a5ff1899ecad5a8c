package io.kameleon.replay.consume;

import static io.kameleon.replay.row.TestTable.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.replay.consume.ReplayStatus.Phase;
import io.kameleon.replay.row.TestTable;
import io.kameleon.schemas.table.TypeKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole replay over a real topic: what is gathered while a batch is applied must not show in what becomes of that batch. */
class SourceReplayIT {
    private static final TestTable NOTE = TestTable.of(
            "note", List.of("id"), column("id", TypeKind.INT, 0, false), column("text", TypeKind.VARCHAR, 20, true));
    private static final String DESTINATION =
            "CREATE TABLE replica.note (id int PRIMARY KEY, text varchar(20) CHECK (text <> 'refused'))";
    private static final long BYTES_MAX = 32L << 20;

    @TempDir
    Path directory;

    private ReplayRig rig;
    private SourceReplay replay;
    private Thread thread;

    @BeforeEach
    void start() throws Exception {
        rig = new ReplayRig(directory, NOTE, DESTINATION);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (replay != null) {
            stopReplay();
        }
        rig.close();
    }

    private void run(int rowsMax, long bytesMax) throws Exception {
        replay = rig.replay(rowsMax, bytesMax);
        thread = new Thread(replay, "replay-" + ReplayRig.SOURCE);
        thread.start();
    }

    private void stopReplay() throws InterruptedException {
        replay.stop();
        thread.join();
        replay = null;
    }

    @Test
    void refusedRowsAreKeptAndAllOthersAppliedOnceThoughLaterOnesWereGatheredAlready() throws Exception {
        rig.begin();
        for (int id = 0; id < 20_000; id += 2) {
            rig.insert(id, id % 3000 == 0 ? "refused" : "taken");
            rig.insertLast(id + 1, "taken");
        }
        rig.commit();
        run(500, BYTES_MAX);
        rig.awaitQuery("SELECT max(id) FROM replica.note", "19999");
        rig.awaitQuery("SELECT rows FROM sch_kameleon.replay_position", "20000");
        assertThat(rig.query("SELECT count(*) FROM replica.note")).isEqualTo("19993");
        assertThat(rig.query("SELECT count(*) FROM sch_kameleon.discarded_row")).isEqualTo("7");
        assertThat(rig.query("SELECT string_agg(DISTINCT code, ',') FROM sch_kameleon.error_log"))
                .isEqualTo("ROW_REFUSED");
    }

    @Test
    void transactionLargerThanTheBuffersShowsOnlyWhole() throws Exception { // invariant 2
        run(500, 64 << 10);
        rig.begin();
        rig.insertLast(-1, "before");
        rig.commit();
        rig.awaitQuery("SELECT count(*) FROM replica.note", "1");
        rig.begin();
        for (int id = 0; id < 10_000; id++) {
            rig.insert(id, "half");
        }
        rig.commit();
        rig.awaitQuery(
                "SELECT count(*) FROM pg_locks WHERE relation = 'replica.note'::regclass AND mode = 'RowExclusiveLock'",
                "1");
        assertThat(rig.query("SELECT count(*) FROM replica.note")).isEqualTo("1");
        rig.begin();
        rig.insertLast(10_000, "whole");
        rig.commit();
        ReplayRig.await("the transaction shows", () -> {
            String seen = rig.query("SELECT count(*) FROM replica.note");
            assertThat(seen).isIn("1", "10002");
            return seen.equals("10002");
        });
    }

    @Test
    void replayGoesOnWhereItWasStoppedAndWhereTheServerWasKilled() throws Exception { // invariant 1
        rig.begin();
        for (int id = 0; id < 60_000; id += 3) {
            rig.insert(id, "a");
            rig.insert(id + 1, "b");
            rig.insertLast(id + 2, "c");
        }
        rig.commit();
        run(300, BYTES_MAX);
        ReplayRig.await("some rows", () -> !rig.query("SELECT count(*) FROM replica.note")
                .equals("0"));
        stopReplay();
        assertThat(rig.query("SELECT count(*) = (SELECT rows FROM sch_kameleon.replay_position) FROM replica.note"))
                .isEqualTo("t");
        assertThat(rig.query("SELECT count(*) % 3 FROM replica.note")).isEqualTo("0");
        run(300, BYTES_MAX);
        ReplayRig.await("it applies", () -> replay.status().phase() == Phase.APPLYING);
        rig.postgres().kill();
        ReplayRig.await("it waits for the server", () -> replay.status().phase() == Phase.WAITING);
        rig.postgres().restart();
        rig.awaitQuery("SELECT count(*) FROM replica.note", "60000");
        rig.awaitQuery("SELECT rows FROM sch_kameleon.replay_position", "60000");
    }

    @Test
    void positionPassesTheMarkOfTheLastKafkaTransaction() throws Exception {
        rig.begin();
        rig.insertLast(1, "a");
        rig.commit();
        run(500, BYTES_MAX);
        rig.awaitQuery("SELECT next_offset FROM sch_kameleon.replay_position", "2"); // the row and the mark
        assertThat(rig.query("SELECT transactions FROM sch_kameleon.replay_position"))
                .isEqualTo("1");
    }
}
