package io.kameleon.catalogue.process;

import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.Leases;
import io.kameleon.catalogue.store.ReplicaSource;
import io.kameleon.catalogue.store.ReplicaSource.DesiredState;
import io.kameleon.catalogue.store.ServiceStore;
import io.kameleon.catalogue.store.ServiceStore.Service;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.schemas.error.ReplicationException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service and the catalogue tell each other: that it stands by, and what the operator asked for. While PostgreSQL is away
 * the last answer holds. Belongs to one thread.
 */
final class ServiceDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceDesk.class);
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(10);

    private final KameleonConfig config;
    private final Collection<String> sources;
    private final Service service;
    private final ServiceStore store = new ServiceStore();
    private Optional<Catalogue> catalogue = Optional.empty();
    private Set<String> stopped = Set.of();

    ServiceDesk(KameleonConfig config, Collection<String> sources, Role role) {
        this.config = config;
        this.sources = sources;
        this.service = new Service(Leases.thisProcess(), role);
    }

    /** The sources that the operator has stopped. */
    Set<String> look() {
        try {
            if (catalogue.isEmpty()) {
                Catalogue opened = Catalogue.open(config.pg());
                opened.requireVersion();
                catalogue = Optional.of(opened);
            }
            stopped = catalogue.get().inTransaction(connection -> {
                store.renew(connection, service, sources, TIME_TO_LIVE);
                return new SourceStore()
                        .list(connection).stream()
                                .filter(source -> source.desiredState() == DesiredState.STOPPED)
                                .map(ReplicaSource::name)
                                .collect(Collectors.toSet());
            });
        } catch (ReplicationException e) {
            LOG.debug("The catalogue does not tell what is to run cause=\"{}\"", e.getMessage());
        }
        return stopped;
    }

    @Override
    public void close() {
        try {
            catalogue.ifPresent(open -> open.inTransaction(connection -> {
                store.remove(connection, service);
                return null;
            }));
        } catch (ReplicationException e) {
            LOG.debug("The service's row expires by itself cause=\"{}\"", e.getMessage());
        }
    }
}
