package io.kameleon.admin.runtime;

import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.Lease;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.ReplicaSource.DesiredState;
import io.kameleon.catalogue.store.ServiceStore;
import io.kameleon.catalogue.store.ServiceStore.Service;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The services, on whatever machine, that stand by for a source: they begin and end its work as the catalogue says. */
public final class StandingServices {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Catalogue catalogue;
    private final String source;
    private final ServiceStore services = new ServiceStore();

    public StandingServices(Catalogue catalogue, String source) {
        this.catalogue = catalogue;
        this.source = source;
    }

    /** Notes what is wanted from now on. @return the leases of services that are at work */
    public List<Lease> want(DesiredState desired) {
        return catalogue.inTransaction(connection -> {
            new SourceStore().setDesiredState(connection, source, desired);
            return held(connection);
        });
    }

    /** Whether there are any. */
    public boolean exist() {
        return !catalogue.read(connection -> services.live(connection, source)).isEmpty();
    }

    /** Whether both a reader and a replay work for the source, services or not. */
    public boolean isTaken() {
        return missing(catalogue.read(connection -> RunningCheck.live(connection, source)))
                .isEmpty();
    }

    private static List<Role> missing(List<Lease> leases) {
        List<Role> missing = new ArrayList<>(List.of(Role.READER, Role.REPLAY));
        leases.forEach(lease -> missing.remove(lease.role()));
        return missing;
    }

    /** The leases of services that are at work. */
    public List<Lease> held() {
        return catalogue.read(this::held);
    }

    private List<Lease> held(Connection connection) throws SQLException {
        List<Service> live = services.live(connection, source);
        return RunningCheck.live(connection, source).stream()
                .filter(lease -> live.stream().anyMatch(service -> service.holds(lease)))
                .toList();
    }

    /**
     * Waits until a reader and a replay have taken the source.
     *
     * @return their leases
     * @throws ReplicationException TIMED_OUT
     */
    public List<Lease> awaitTaken(Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            List<Lease> held = held();
            List<Role> missing = missing(held);
            if (missing.isEmpty()) {
                return held;
            }
            if (System.nanoTime() > deadline) {
                throw timedOut(
                        "No service took the source: " + missing,
                        wait,
                        Map.of(),
                        "It is to run from now on, and a service of the role that stands by for it takes it. See 'kameleon"
                                + " show_status --source " + source + "' and the services' logs.");
            }
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
    }

    /** Waits until the leases are given back, or have expired. @throws ReplicationException TIMED_OUT */
    public void awaitReleased(List<Lease> leases, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            List<Lease> live = catalogue.read(connection -> RunningCheck.live(connection, source));
            List<Lease> left = leases.stream()
                    .filter(lease -> live.stream().anyMatch(l -> l.owner().equals(lease.owner())))
                    .toList();
            if (left.isEmpty()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                Lease first = left.get(0);
                throw timedOut(
                        "A service has not given the source back",
                        wait,
                        Map.of(
                                "host",
                                first.owner().host(),
                                "pid",
                                first.owner().pid()),
                        "It is asked to; see its log.");
            }
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
    }

    private ReplicationException timedOut(String what, Duration wait, Map<String, Object> who, String remedy) {
        var where = new TreeMap<String, Object>(who);
        where.put("source", source);
        return new ReplicationException(
                ErrorCode.TIMED_OUT, what + " within " + wait.toSeconds() + " s", where, remedy);
    }
}
