package io.kameleon.catalogue.process;

import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.store.FailureStore;
import io.kameleon.catalogue.store.Lease;
import io.kameleon.catalogue.store.Lease.Liveness;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.LeaseStore;
import io.kameleon.catalogue.store.Leases;
import io.kameleon.catalogue.store.ReplicaSource;
import io.kameleon.catalogue.store.ReplicaSource.DesiredState;
import io.kameleon.catalogue.store.ReplicaSource.Status;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources of the configuration that can be worked for and that nobody works for, as the catalogue's leases tell.
 *
 * <p>A look gives half of them, by chance, so that processes which look at the same time share them out; what two of them want, the
 * lease decides. A source that ended by an error is not free until its failure is cleared: another process would only fail again. One that
 * the operator has stopped is not free either. Belongs to one thread.
 */
final class FreeSources {
    private static final Logger LOG = LoggerFactory.getLogger(FreeSources.class);

    private final KameleonConfig config;
    private final ServiceCatalogue catalogue;
    private final Role role;
    private String waitingFor = "";
    private boolean mayGoWithout;

    FreeSources(KameleonConfig config, ServiceCatalogue catalogue, Role role) {
        this.config = config;
        this.catalogue = catalogue;
        this.role = role;
        this.mayGoWithout = role == Role.READER;
    }

    /**
     * Looks once. A reader that finds no catalogue at its first look gets all sources: it needs none to begin with.
     *
     * @param mine what the process works for already
     */
    List<String> look(Set<String> mine) {
        try {
            List<String> free = free(mine);
            say(free.isEmpty() && mine.isEmpty() ? "a source without an owner" : "");
            mayGoWithout = false;
            return free;
        } catch (ReplicationException e) {
            say(e.getMessage());
            boolean goes = mayGoWithout && e.code().handling() == Handling.RETRY;
            mayGoWithout = mayGoWithout && !goes;
            return goes ? List.copyOf(config.sources().keySet()) : List.of();
        }
    }

    private List<String> free(Set<String> mine) {
        return catalogue.get().read(connection -> {
            List<ReplicaSource> registered = new SourceStore().list(connection);
            List<Lease> leases = new LeaseStore().list(connection);
            Set<String> failed = new FailureStore().sources(connection, role);
            return half(choose(config.sources().keySet(), role, registered, leases, failed, mine));
        });
    }

    static List<String> choose(
            Collection<String> configured,
            Role role,
            List<ReplicaSource> registered,
            List<Lease> leases,
            Set<String> failed,
            Set<String> mine) {
        var byName = registered.stream().collect(Collectors.toMap(ReplicaSource::name, Function.identity()));
        Set<String> owned = leases.stream()
                .filter(lease -> lease.role() == role && lease.liveness() == Liveness.LIVE && !Leases.isDead(lease))
                .map(Lease::source)
                .collect(Collectors.toSet());
        return configured.stream()
                .filter(name -> !mine.contains(name) && !owned.contains(name) && !failed.contains(name))
                .filter(name -> Optional.ofNullable(byName.get(name))
                        .filter(FreeSources::canRun)
                        .isPresent())
                .toList();
    }

    private static boolean canRun(ReplicaSource source) {
        return source.desiredState() == DesiredState.RUNNING
                && source.initialisedAt().isPresent()
                && source.status() != Status.INITIALISING
                && source.status() != Status.DETACHED;
    }

    private static List<String> half(List<String> free) {
        var shuffled = new ArrayList<>(free);
        Collections.shuffle(shuffled);
        return List.copyOf(shuffled.subList(0, (shuffled.size() + 1) / 2));
    }

    private void say(String what) {
        if (!what.equals(waitingFor) && !what.isEmpty()) {
            LOG.info("Waiting role={} for=\"{}\"", role, what);
        }
        waitingFor = what;
    }
}
