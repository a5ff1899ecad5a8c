package io.kameleon.admin.detach;

import io.kameleon.admin.runtime.CatchUp;
import io.kameleon.admin.runtime.Daemon;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.Replica;
import io.kameleon.admin.runtime.RunningCheck;
import io.kameleon.catalogue.config.KafkaConfig;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.Lease;
import io.kameleon.catalogue.store.LeaseStore;
import io.kameleon.catalogue.store.ReplicaSource.DesiredState;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.service.ReaderSetup;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Brings a source to rest: what it had committed is in PostgreSQL, and no process works on it any more. */
final class Standstill {
    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(60);

    private final Installation installation;
    private final Catalogue catalogue;
    private final String source;
    private final Duration timeout;
    private final Daemon daemon;

    /** @param timeout how long to wait for the replica to come up with the source */
    Standstill(Installation installation, String source, Duration timeout) {
        this.installation = installation;
        this.catalogue = installation.catalogue();
        this.source = source;
        this.timeout = timeout;
        this.daemon = new Daemon(installation.config().global().pidDir(), source);
    }

    /**
     * Waits until the replica has come up with the source, which it starts for that when it does not run, and ends it, wherever it runs.
     *
     * @return whether the source could be asked; if not, the replica is stopped where it is
     * @throws ReplicationException TIMED_OUT, or why it cannot go on; it is left as it is then
     */
    boolean reach() throws InterruptedException {
        boolean reachable = isReachable();
        if (reachable && isRunning()) {
            new CatchUp(installation, source, timeout).await();
        } else if (reachable) {
            runUntilCaughtUp();
        }
        stop();
        return reachable;
    }

    /** @throws ReplicationException when it answers, and refuses */
    private boolean isReachable() {
        try (SourceServer server = SourceServer.connect(ReaderSetup.address(installation.source(source)))) {
            return true;
        } catch (ReplicationException e) {
            if (e.code() != ErrorCode.SOURCE_UNREACHABLE) {
                throw e;
            }
            return false;
        }
    }

    private boolean isRunning() {
        return daemon.running().isPresent() || !live().isEmpty();
    }

    private List<Lease> live() {
        return catalogue.read(connection -> RunningCheck.live(connection, source));
    }

    private void runUntilCaughtUp() throws InterruptedException {
        try (Replica replica = Replica.start(installation, source)) {
            Runnable requireSound = () -> replica.failure().ifPresent(failure -> {
                throw failure;
            });
            new CatchUp(installation, source, timeout, requireSound).await();
        }
    }

    private void stop() throws InterruptedException {
        Optional<ProcessHandle> running = daemon.askToStop();
        if (running.isPresent()) {
            daemon.awaitEnd(running.get(), STOP_WAIT_MAX);
        }
        if (!live().isEmpty()) {
            if (!(installation.config().kafka().broker() instanceof KafkaConfig.Cluster)) {
                RunningCheck.requireStopped(catalogue, daemon, source);
            }
            catalogue.inTransaction(connection -> {
                new LeaseStore().revoke(connection, source);
                return null;
            });
        }
        catalogue.inTransaction(connection -> {
            new SourceStore().setDesiredState(connection, source, DesiredState.STOPPED);
            return null;
        });
    }
}
