package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Daemon;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.StandingServices;
import io.kameleon.catalogue.store.Lease;
import io.kameleon.catalogue.store.ReplicaSource.DesiredState;
import io.kameleon.schemas.error.ReplicationException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Ends background replicas of this machine, also while PostgreSQL is away, and the work of services, which need it to be told. */
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
        long deadline = System.nanoTime() + wait.toNanos();
        boolean stopped = daemon(source).stop(wait);
        List<Lease> services = recordWish(source);
        if (!services.isEmpty()) {
            new StandingServices(installation.catalogue(), source)
                    .awaitReleased(services, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            services.forEach(lease -> out.println(who(lease) + " stopped working for '" + source + "'."));
        }
        if (stopped || services.isEmpty()) {
            out.println(
                    stopped
                            ? "Replica of '" + source + "' stopped."
                            : "Replica of '" + source + "' was not running on this machine.");
        }
        out.flush();
    }

    /** Whether there is anything to stop here, or in services as far as the catalogue can be asked. */
    boolean isAnything(String source) {
        if (daemon(source).running().isPresent()) {
            return true;
        }
        try {
            return !new StandingServices(installation.catalogue(), source)
                    .held()
                    .isEmpty();
        } catch (ReplicationException e) {
            return false;
        }
    }

    /** A service, as {@code Reader (host, pid 1)}. */
    static String who(Lease lease) {
        String role = lease.role().name();
        return role.charAt(0) + role.substring(1).toLowerCase(Locale.ROOT) + " ("
                + lease.owner().host() + ", pid " + lease.owner().pid() + ")";
    }

    /** @return the leases of services that are to end */
    private List<Lease> recordWish(String source) {
        try {
            return new StandingServices(installation.catalogue(), source).want(DesiredState.STOPPED);
        } catch (ReplicationException e) {
            err.println("The catalogue was not told: " + e.getMessage());
            err.flush();
            return List.of();
        }
    }
}
