package io.kameleon.catalogue.process;

import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.Leases;
import io.kameleon.catalogue.store.ReplicaSource;
import io.kameleon.catalogue.store.ReplicaSource.DesiredState;
import io.kameleon.catalogue.store.ServiceStore;
import io.kameleon.catalogue.store.ServiceStore.Service;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service and the catalogue tell each other: that it stands by, and what the operator asked for. While PostgreSQL is away
 * the last answer holds; before the first one nothing is stopped. Belongs to one thread.
 */
final class ServiceDesk implements AutoCloseable {
    /**
     * @param stopped the sources that the operator has stopped
     * @param askedAt when the operator started or stopped each source last, by the database's clock
     */
    record Wishes(Set<String> stopped, Map<String, Instant> askedAt) {}

    private static final Logger LOG = LoggerFactory.getLogger(ServiceDesk.class);
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(10);

    private final ServiceCatalogue catalogue;
    private final Collection<String> sources;
    private final Service service;
    private final ServiceStore store = new ServiceStore();
    private Wishes wishes = new Wishes(Set.of(), Map.of());
    private String trouble = "";

    ServiceDesk(ServiceCatalogue catalogue, Collection<String> sources, Role role) {
        this.catalogue = catalogue;
        this.sources = sources;
        this.service = new Service(Leases.thisProcess(), role);
    }

    /** Shows itself, and asks. */
    Wishes look() {
        try {
            wishes = catalogue.get().inTransaction(this::ask);
            trouble = "";
        } catch (ReplicationException e) {
            if (!e.getMessage().equals(trouble)) {
                LOG.warn(
                        "The catalogue does not tell what is to run role={} cause=\"{}\"",
                        service.role(),
                        e.getMessage());
            }
            trouble = e.getMessage();
        }
        return wishes;
    }

    private Wishes ask(Connection connection) throws SQLException {
        store.renew(connection, service, sources, TIME_TO_LIVE);
        List<ReplicaSource> all = new SourceStore().list(connection);
        Set<String> stopped = all.stream()
                .filter(source -> source.desiredState() == DesiredState.STOPPED)
                .map(ReplicaSource::name)
                .collect(Collectors.toSet());
        return new Wishes(
                stopped, all.stream().collect(Collectors.toMap(ReplicaSource::name, ReplicaSource::desiredAt)));
    }

    @Override
    public void close() {
        try {
            catalogue.ifFound(open -> open.inTransaction(connection -> {
                store.remove(connection, service);
                return null;
            }));
        } catch (ReplicationException e) {
            LOG.debug("The service's row expires by itself cause=\"{}\"", e.getMessage());
        }
    }
}
