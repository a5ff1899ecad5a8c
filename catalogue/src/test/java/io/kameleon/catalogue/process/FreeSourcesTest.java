package io.kameleon.catalogue.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.catalogue.config.SourceConfig.SourceKind;
import io.kameleon.catalogue.store.Lease;
import io.kameleon.catalogue.store.Lease.Liveness;
import io.kameleon.catalogue.store.Lease.Owner;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.ReplicaSource;
import io.kameleon.catalogue.store.ReplicaSource.DesiredState;
import io.kameleon.catalogue.store.ReplicaSource.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreeSourcesTest {
    private static final Instant NOW = Instant.EPOCH;

    @Test
    void aSourceIsFreeWhenNobodyLivingHasThatRole() {
        List<ReplicaSource> sources = List.of(source("read", Status.INITIALISED), source("left", Status.INITIALISED));
        List<Lease> leases = List.of(lease("read", Liveness.LIVE), lease("left", Liveness.EXPIRED));
        assertThat(choose(Role.READER, sources, leases, Set.of())).containsExactly("left");
        assertThat(choose(Role.REPLAY, sources, leases, Set.of())).containsExactly("read", "left");
        assertThat(choose(Role.REPLAY, sources, leases, Set.of("read"))).containsExactly("left");
    }

    @Test
    void whatIsNotCopiedOrCutLooseOrStoppedOrFailedOrUnknownIsNotFree() {
        List<ReplicaSource> sources = List.of(
                source("copying", Status.INITIALISING),
                source("cut", Status.DETACHED),
                source("stopped", DesiredState.STOPPED, Status.INITIALISED, Optional.of(NOW)),
                source("added", Status.ADDED, Optional.empty()),
                source("failed", Status.INITIALISED),
                source("syncing", Status.SYNCING));
        assertThat(FreeSources.choose(
                        List.of("copying", "cut", "stopped", "added", "failed", "syncing", "unknown"),
                        Role.READER,
                        sources,
                        List.of(),
                        Set.of("failed"),
                        Set.of()))
                .containsExactly("syncing");
    }

    private static List<String> choose(Role role, List<ReplicaSource> sources, List<Lease> leases, Set<String> mine) {
        return FreeSources.choose(
                sources.stream().map(ReplicaSource::name).toList(), role, sources, leases, Set.of(), mine);
    }

    private static ReplicaSource source(String name, Status status) {
        return source(name, status, Optional.of(NOW));
    }

    private static ReplicaSource source(String name, Status status, Optional<Instant> initialisedAt) {
        return source(name, DesiredState.RUNNING, status, initialisedAt);
    }

    private static ReplicaSource source(
            String name, DesiredState desired, Status status, Optional<Instant> initialisedAt) {
        return new ReplicaSource(name, SourceKind.MYSQL, "", status, desired, NOW, "", NOW, initialisedAt);
    }

    private static Lease lease(String source, Liveness liveness) {
        return new Lease(source, Role.READER, new Owner("id", "elsewhere.invalid", 1), NOW, NOW, NOW, liveness, "{}");
    }
}
