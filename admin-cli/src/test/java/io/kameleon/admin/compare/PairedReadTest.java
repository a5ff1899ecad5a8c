package io.kameleon.admin.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PairedReadTest {
    @Test
    void bothSidesReadAtTheSameTime() {
        var source = new CountDownLatch(1);
        var destination = new CountDownLatch(1);

        new PairedRead()
                .run(
                        "t",
                        stopped -> {
                            source.countDown();
                            await(destination);
                        },
                        stopped -> {
                            destination.countDown();
                            await(source);
                        });

        assertThat(source.getCount() + destination.getCount()).isZero();
    }

    @Test
    void aFailureOfTheSourceStopsTheDestination() {
        var ended = new AtomicBoolean();

        assertThatThrownBy(() -> new PairedRead()
                        .run(
                                "t",
                                stopped -> {
                                    throw new IllegalStateException("source");
                                },
                                stopped -> {
                                    spin(stopped);
                                    ended.set(true);
                                }))
                .hasMessage("source");

        assertThat(ended).isTrue();
    }

    @Test
    void aFailureOfTheDestinationStopsTheSource() {
        assertThatThrownBy(() -> new PairedRead().run("t", PairedReadTest::spin, stopped -> {
                    throw new IllegalStateException("destination");
                }))
                .hasMessage("destination");
    }

    @Test
    void anInterruptedCallerGetsNoHalfResult() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new PairedRead().run("t", stopped -> {}, PairedReadTest::spin))
                .isInstanceOf(ReplicationException.class)
                .extracting(e -> ((ReplicationException) e).code())
                .isEqualTo(ErrorCode.WRONG_STATE);

        assertThat(Thread.interrupted()).isTrue();
    }

    private static void spin(BooleanSupplier stopped) {
        while (!stopped.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
