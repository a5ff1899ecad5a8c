package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Daemon;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.StandingServices;
import io.kameleon.catalogue.store.Lease;
import io.kameleon.catalogue.store.ReplicaSource.DesiredState;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Ends background replicas of this machine, also while PostgreSQL is away, and the work of services, which need it to be told. */
final class ReplicaStop {
    private final Installation installation;
    private final PrintWriter out;
    private final PrintWriter err;
    private boolean away;

    ReplicaStop(Installation installation, PrintWriter out, PrintWriter err) {
        this.installation = installation;
        this.out = out;
        this.err = err;
    }

    Daemon daemon(String source) {
        return new Daemon(installation.config().global().pidDir(), source);
    }

    /**
     * Ends what works for the source, and says so.
     *
     * @return false when nothing runs here and the catalogue, which would tell services, cannot be reached
     * @throws ReplicationException TIMED_OUT
     */
    boolean stop(String source, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        boolean stopped = daemon(source).stop(wait);
        Optional<List<Lease>> told = recordWish(source);
        List<Lease> services = told.orElse(List.of());
        if (!services.isEmpty()) {
            new StandingServices(installation.catalogue(), source)
                    .awaitReleased(services, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            services.forEach(lease -> out.println(who(lease) + " stopped working for '" + source + "'."));
        }
        if (stopped) {
            out.println("Replica of '" + source + "' stopped.");
        } else if (services.isEmpty()) {
            out.println("Replica of '" + source + "' was not running on this machine.");
        }
        out.flush();
        return stopped || told.isPresent();
    }

    /** A source's state before it is stopped. */
    enum Before {
        RUNS,
        DOES_NOT_RUN,
        UNKNOWN
    }

    /**
     * Asks the daemon of this machine to end, and tells services of every other the wish, without waiting for either.
     *
     * @return UNKNOWN when none runs here and the catalogue cannot be asked
     */
    Before ask(String source) {
        if (daemon(source).running().isPresent()) {
            daemon(source).askToStop();
            return Before.RUNS;
        }
        if (away) {
            return Before.UNKNOWN; // each attempt takes its time, and would say the same
        }
        try {
            return new StandingServices(installation.catalogue(), source)
                            .want(DesiredState.STOPPED)
                            .isEmpty()
                    ? Before.DOES_NOT_RUN
                    : Before.RUNS;
        } catch (ReplicationException e) {
            if (e.code() == ErrorCode.SOURCE_UNKNOWN) {
                return Before.DOES_NOT_RUN;
            }
            away = true;
            sayNotTold(e);
            return Before.UNKNOWN;
        }
    }

    /** A service, as {@code Reader (host, pid 1)}. */
    static String who(Lease lease) {
        String role = lease.role().name();
        return role.charAt(0) + role.substring(1).toLowerCase(Locale.ROOT) + " ("
                + lease.owner().host() + ", pid " + lease.owner().pid() + ")";
    }

    /** @return the leases of services that are to end; empty when the catalogue was not told */
    private Optional<List<Lease>> recordWish(String source) {
        try {
            return Optional.of(new StandingServices(installation.catalogue(), source).want(DesiredState.STOPPED));
        } catch (ReplicationException e) {
            sayNotTold(e);
            return Optional.empty();
        }
    }

    private void sayNotTold(ReplicationException cause) {
        err.println("The catalogue was not told, so that services go on: " + cause.getMessage());
        err.flush();
    }
}
