package io.kameleon.replay.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ApplyLaneTest {
    @Test
    void workRunsBesideTheOwnerAndOneAfterTheOther() throws SQLException {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        var release = new CountDownLatch(1);
        try (var lane = new ApplyLane("shop")) {
            lane.start(1, () -> {
                await(release);
                done.add(Thread.currentThread().getName() + " 1");
            });
            assertThat(lane.isIdle()).isFalse();
            done.add("owner");
            release.countDown();
            lane.start(2, () -> done.add(Thread.currentThread().getName() + " 2"));
            lane.await();
            assertThat(lane.isIdle()).isTrue();
        }
        assertThat(done).containsExactly("owner", "apply-shop 1", "apply-shop 2");
    }

    @Test
    void failureIsThrownOnceAndNothingIsStartedBehindIt() throws SQLException {
        var refused = new ReplicationException(ErrorCode.ROW_REFUSED, "refused", Map.of(), "Mend it.");
        var second = new AtomicReference<>("not started");
        try (var lane = new ApplyLane("shop")) {
            lane.start(7, () -> {
                throw refused;
            });
            assertThatThrownBy(() -> lane.start(8, () -> second.set("started"))).isSameAs(refused);
            assertThat(lane.failedUpTo()).hasValue(7);
            assertThatCode(lane::await).doesNotThrowAnyException();
            lane.start(9, () -> {});
            assertThat(lane.failedUpTo()).isEmpty();
            lane.await();
        }
        assertThat(second).hasValue("not started");
    }

    @Test
    void lostConnectionIsPassedOnAsItIs() throws SQLException {
        var lost = new SQLException("gone", "08006");
        try (var lane = new ApplyLane("shop")) {
            lane.start(1, () -> {
                throw lost;
            });
            assertThatThrownBy(lane::await).isSameAs(lost);
        }
    }

    @Test
    void closeLetsTheWorkUnderWayEnd() throws SQLException {
        var release = new CountDownLatch(1);
        var ended = new AtomicReference<>("no");
        try (var lane = new ApplyLane("shop")) {
            lane.start(1, () -> {
                await(release);
                ended.set("yes");
            });
            release.countDown();
        }
        assertThat(ended).hasValue("yes");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
