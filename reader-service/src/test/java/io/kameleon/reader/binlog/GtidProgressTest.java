package io.kameleon.reader.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.error.ReplicationException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Layout of GTID_LOG_EVENT: MySQL 9.7 source, libs/mysql/binlog/event/control_events.h. */
class GtidProgressTest {
    private static final UUID SERVER = UUID.fromString("c2166f0b-e6b2-11f1-99d0-02fc00000001");
    private static final long HAS_ORIGINAL_TIME = 1L << 55;

    private final GtidProgress progress = GtidProgress.of(false, SERVER + ":1-4");

    @Test
    void gtidJoinsTheSetWhenItsTransactionEnds() {
        progress.begin(gtid(5, 1_700_000_000_123_456L));

        assertThat(progress.current()).isEqualTo(SERVER + ":5");
        assertThat(progress.commitMillis()).isEqualTo(1_700_000_000_123L);
        assertThat(progress.set()).isEqualTo(SERVER + ":1-4");

        progress.commit();
        assertThat(progress.set()).isEqualTo(SERVER + ":1-5");
        assertThat(progress.current()).isEmpty();
    }

    @Test
    void markOfAnOriginalTimeIsNotPartOfTheTime() {
        progress.begin(gtid(5, 1_700_000_000_123_456L | HAS_ORIGINAL_TIME));

        assertThat(progress.commitMillis()).isEqualTo(1_700_000_000_123L);
    }

    @Test
    void severalServersAreKeptApart() {
        UUID other = UUID.fromString("ffffffff-0000-4000-8000-00000000000f");
        commit(gtid(5, 0));
        commit(event(body(other, 9, 0)));
        commit(gtid(7, 0));

        assertThat(progress.set()).isEqualTo(SERVER + ":1-5:7-7," + other + ":9-9");
    }

    @Test
    void serverWithoutCommitTimesIsRead() {
        byte[] body = new byte[25];
        System.arraycopy(body(SERVER, 5, 0), 0, body, 0, body.length);
        progress.begin(event(body));

        assertThat(progress.current()).isEqualTo(SERVER + ":5");
        assertThat(progress.commitMillis()).isZero();
    }

    @Test
    void eventThatIsCutShortIsCorrupt() {
        assertThatThrownBy(() -> progress.begin(event(new byte[24])))
                .isInstanceOf(ReplicationException.class)
                .hasMessageStartingWith("BINLOG_CORRUPT: A GTID event cannot be read");
    }

    private void commit(BinlogEvent event) {
        progress.begin(event);
        progress.commit();
    }

    private static BinlogEvent gtid(long number, long commitMicros) {
        return event(body(SERVER, number, commitMicros));
    }

    private static byte[] body(UUID server, long number, long commitMicros) {
        ByteBuffer body = ByteBuffer.allocate(50).put((byte) 1);
        body.putLong(server.getMostSignificantBits()).putLong(server.getLeastSignificantBits());
        body.order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .put((byte) 2)
                .putLong(1)
                .putLong(2);
        return body.putLong(commitMicros).array();
    }

    private static BinlogEvent event(byte[] body) {
        return new BinlogEvent(BinlogEventType.GTID, 33, 0, 1, 19 + body.length, 0, body);
    }
}
