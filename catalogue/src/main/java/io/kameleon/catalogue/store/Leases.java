package io.kameleon.catalogue.store;

import io.kameleon.catalogue.store.Lease.Liveness;
import io.kameleon.catalogue.store.Lease.Owner;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process's leases on the roles that it plays for a source: taken at the start, renewed while it lives, given back at the end.
 *
 * <p>While PostgreSQL is away they cannot be renewed, and work goes on: what keeps a second writer from harm is Kafka's fencing and
 * the compare-and-set on the position.
 */
public final class Leases implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
    /** How long a lease outlives the process that held it. */
    public static final Duration TIME_TO_LIVE = Duration.ofSeconds(15);

    private static final Duration RENEWAL = Duration.ofSeconds(4);
    private static final String NO_DETAIL = "{}";

    private final Catalogue catalogue;
    private final String source;
    private final List<Role> roles;
    private final Owner owner = thisProcess();
    private final LeaseStore store = new LeaseStore();
    private final ScheduledExecutorService renewal;
    private final Consumer<ReplicationException> lost;
    private boolean reachable = true;

    private Leases(Catalogue catalogue, String source, List<Role> roles, Consumer<ReplicationException> lost) {
        this.catalogue = catalogue;
        this.source = source;
        this.roles = List.copyOf(roles);
        this.lost = lost;
        this.renewal = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "lease-" + source);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * @param lost told when another process has taken a role over
     * @throws ReplicationException ALREADY_RUNNING while another process has one of the roles
     */
    public static Leases take(
            Catalogue catalogue, String source, List<Role> roles, Consumer<ReplicationException> lost) {
        return take(catalogue, source, roles, false, lost);
    }

    /** As {@link #take}, but from whoever has them: those processes stop at their next renewal, and no other one comes between. */
    public static Leases seize(
            Catalogue catalogue, String source, List<Role> roles, Consumer<ReplicationException> lost) {
        return take(catalogue, source, roles, true, lost);
    }

    private static Leases take(
            Catalogue catalogue,
            String source,
            List<Role> roles,
            boolean revoking,
            Consumer<ReplicationException> lost) {
        var leases = new Leases(catalogue, source, roles, lost);
        catalogue.inTransaction(connection -> {
            if (revoking) {
                leases.store.revoke(connection, source);
            }
            for (Role role : roles) {
                leases.releaseDead(connection, role);
                leases.store.acquire(connection, source, role, leases.owner, TIME_TO_LIVE, NO_DETAIL);
            }
            return null;
        });
        var unused = leases.renewal.scheduleWithFixedDelay(
                leases::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
        return leases;
    }

    private void releaseDead(Connection connection, Role role) throws SQLException {
        Optional<Lease> old = store.find(connection, source, role);
        if (old.filter(Leases::isDead).isPresent()) {
            store.release(connection, source, role, old.get().owner());
        }
    }

    private void renew() {
        try {
            catalogue.inTransaction(connection -> {
                require(connection);
                return null;
            });
            reachable = true;
        } catch (ReplicationException e) {
            if (renewal.isShutdown()) { // broken off by close
                LOG.debug("Lease not renewed any more source={}", source, e);
            } else if (e.code().handling() != Handling.RETRY) {
                lost.accept(e);
            } else if (reachable) {
                reachable = false;
                LOG.warn("Lease not renewed source={} cause=\"{}\"", source, e.getMessage());
            }
        }
    }

    /**
     * Proves that the roles are still this process's, until the caller's transaction ends.
     *
     * @throws ReplicationException WRITER_FENCED
     */
    public void require(Connection connection) throws SQLException {
        for (Role role : roles) {
            store.renew(connection, source, role, owner, TIME_TO_LIVE, NO_DETAIL);
        }
    }

    /** Whether the lease's owner was a process of this machine and is gone, so that nobody has to wait for the lease to expire. */
    public static boolean isDead(Lease lease) {
        return lease.owner().host().equals(host())
                && ProcessHandle.of(lease.owner().pid())
                        .filter(ProcessHandle::isAlive)
                        .isEmpty();
    }

    /** Whether somebody is at work under it. */
    public static boolean isLive(Lease lease) {
        return lease.liveness() == Liveness.LIVE && !isDead(lease);
    }

    /** An owner of its own with every call. */
    public static Owner thisProcess() {
        return new Owner(
                UUID.randomUUID().toString(), host(), ProcessHandle.current().pid());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    @Override
    public void close() {
        renewal.shutdownNow();
        try {
            catalogue.inTransaction(connection -> {
                for (Role role : roles) {
                    store.release(connection, source, role, owner);
                }
                return null;
            });
        } catch (ReplicationException e) {
            LOG.warn("Lease not given back, it expires by itself source={} cause=\"{}\"", source, e.getMessage());
        }
    }
}
