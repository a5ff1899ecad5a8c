package io.kameleon.admin.runtime;

import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.Lease;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.LeaseStore;
import io.kameleon.catalogue.store.Leases;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who works on a source at this moment, on this machine or another. */
public final class RunningCheck {
    private RunningCheck() {}

    /** @throws ReplicationException ALREADY_RUNNING */
    public static void requireStopped(Catalogue catalogue, Daemon daemon, String source) {
        if (daemon.running().isPresent()) {
            throw daemon.alreadyRunning();
        }
        List<Lease> live = catalogue.read(connection -> live(connection, source));
        if (!live.isEmpty()) {
            Lease lease = live.get(0);
            throw new ReplicationException(
                    ErrorCode.ALREADY_RUNNING,
                    "A process works on this source",
                    Map.of(
                            "source",
                            source,
                            "host",
                            lease.owner().host(),
                            "pid",
                            lease.owner().pid()),
                    "Stop it first; one that was killed is forgotten after 15 seconds.");
        }
    }

    public static List<Lease> live(Connection connection, String source) throws SQLException {
        return all(connection, source).stream().filter(RunningCheck::isLive).toList();
    }

    /** With what processes have left behind that ended without giving their leases back. */
    public static List<Lease> all(Connection connection, String source) throws SQLException {
        var store = new LeaseStore();
        var leases = new ArrayList<Lease>();
        for (Role role : Role.values()) {
            store.find(connection, source, role).ifPresent(leases::add);
        }
        return leases;
    }

    static boolean isLive(Lease lease) {
        return Leases.isLive(lease);
    }
}
