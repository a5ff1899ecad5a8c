package io.kameleon.admin.runtime;

import io.kameleon.catalogue.process.Shutdown;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a replica in this process until a signal or a failure. */
public final class Foreground {
    private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);

    private Foreground() {}

    /**
     * @return 0 when it was asked to end
     * @throws RuntimeException why it ended by itself
     */
    public static int run(String source, Supplier<Replica> start) {
        try (Replica replica = start.get()) {
            Shutdown.onSignal(replica::stop);
            LOG.info(
                    "Replica started source={} pid={}",
                    source,
                    ProcessHandle.current().pid());
            replica.await();
            LOG.info("Replica stops source={}", source);
            replica.stop();
            if (replica.failure().isPresent()) {
                throw replica.failure().get();
            }
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplicationException(
                    ErrorCode.WRONG_STATE,
                    "The replica was interrupted",
                    Map.of("source", source),
                    "Start it again.",
                    e);
        }
    }
}
