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

    /**
     * A source whose work was asked to end.
     *
     * @param here     the daemon of this machine that works for it
     * @param services the leases of services that are to end; empty when the catalogue was not told
     */
    record Asked(String source, Optional<ProcessHandle> here, Optional<List<Lease>> services) {
        boolean isAnything() {
            return here.isPresent()
                    || services.filter(leases -> !leases.isEmpty()).isPresent();
        }

        /** Whether all that may work for the source knows. */
        boolean isReached() {
            return here.isPresent() || services.isPresent();
        }
    }

    /** Asks the daemon of this machine, and services of every other through the catalogue, to end; waits for neither. */
    Asked ask(String source) {
        return new Asked(source, daemon(source).askToStop(), recordWish(source));
    }

    /**
     * Waits for the end of what was asked, and says it.
     *
     * @throws ReplicationException TIMED_OUT
     */
    void finish(Asked asked, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        String source = asked.source();
        if (asked.here().isPresent()) {
            daemon(source).awaitEnd(asked.here().get(), wait);
            out.println("Replica of '" + source + "' stopped.");
        }
        List<Lease> services = asked.services().orElse(List.of());
        if (!services.isEmpty()) {
            new StandingServices(installation.catalogue(), source)
                    .awaitReleased(services, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            services.forEach(lease -> out.println(who(lease) + " stopped working for '" + source + "'."));
        }
        if (!asked.isAnything()) {
            out.println("Replica of '" + source + "' was not running on this machine.");
        }
        out.flush();
    }

    private Daemon daemon(String source) {
        return new Daemon(installation.config().global().pidDir(), source);
    }

    /** A service, as {@code Reader (host, pid 1)}. */
    static String who(Lease lease) {
        String role = lease.role().name();
        return role.charAt(0) + role.substring(1).toLowerCase(Locale.ROOT) + " ("
                + lease.owner().host() + ", pid " + lease.owner().pid() + ")";
    }

    /** @return the leases of services that are to end; empty when the catalogue was not told */
    private Optional<List<Lease>> recordWish(String source) {
        if (away) {
            return Optional.empty(); // each attempt takes its time, and would say the same
        }
        try {
            return Optional.of(new StandingServices(installation.catalogue(), source).want(DesiredState.STOPPED));
        } catch (ReplicationException e) {
            if (e.code() == ErrorCode.SOURCE_UNKNOWN) {
                return Optional.of(List.of()); // never added: no service works for it
            }
            away = true;
            err.println("The catalogue was not told, so that services go on: " + e.getMessage());
            err.flush();
            return Optional.empty();
        }
    }
}
