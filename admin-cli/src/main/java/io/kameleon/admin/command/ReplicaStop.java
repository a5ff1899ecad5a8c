package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Daemon;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.catalogue.store.ReplicaSource.DesiredState;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.schemas.error.ReplicationException;
import java.io.PrintWriter;
import java.time.Duration;

/** Ends background replicas of this machine, also while PostgreSQL is away. */
final class ReplicaStop {
    private final Installation installation;
    private final PrintWriter out;
    private final PrintWriter err;

    ReplicaStop(Installation installation, PrintWriter out, PrintWriter err) {
        this.installation = installation;
        this.out = out;
        this.err = err;
    }

    Daemon daemon(String source) {
        return new Daemon(installation.config().global().pidDir(), source);
    }

    /** @throws ReplicationException TIMED_OUT */
    void stop(String source, Duration wait) throws InterruptedException {
        boolean stopped = daemon(source).stop(wait);
        recordWish(source);
        out.println(
                stopped
                        ? "Replica of '" + source + "' stopped."
                        : "Replica of '" + source + "' was not running on this machine.");
        out.flush();
    }

    private void recordWish(String source) {
        try {
            installation.catalogue().inTransaction(connection -> {
                new SourceStore().setDesiredState(connection, source, DesiredState.STOPPED);
                return null;
            });
        } catch (ReplicationException e) {
            err.println("The catalogue was not told: " + e.getMessage());
            err.flush();
        }
    }
}
