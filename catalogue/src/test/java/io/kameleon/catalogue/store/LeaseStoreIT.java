package io.kameleon.catalogue.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.catalogue.store.Lease.Liveness;
import io.kameleon.catalogue.store.Lease.Owner;
import io.kameleon.catalogue.store.Lease.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** F68: what runs is told from leases with an expiry, not from flags. */
class LeaseStoreIT {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Owner ONE = new Owner("one", "host-a", 11);
    private static final Owner TWO = new Owner("two", "host-b", 22);

    private final LeaseStore leases = new LeaseStore();
    private Catalogue catalogue;

    @BeforeEach
    void migrate() {
        catalogue = Catalogue.open(TestDatabase.create());
        catalogue.migrate();
        catalogue.inTransaction(connection -> {
            StoreIT.addSource(connection, "shop", "shop");
            return null;
        });
    }

    @Test
    void aLiveLeaseKeepsOthersOut() {
        Lease lease = acquire(ONE, LONG);
        assertThat(lease.liveness()).isEqualTo(Liveness.LIVE);
        assertThat(lease.expiresAt()).isAfterOrEqualTo(lease.renewedAt().plus(LONG.minusSeconds(1)));

        assertThatThrownBy(() -> acquire(TWO, LONG))
                .hasMessageStartingWith("ALREADY_RUNNING: The replay of the source is running already {source=shop,"
                        + " host=host-a, pid=11, since=")
                .hasMessageEndingWith("Stop it with 'kameleon stop_replica --source shop'; after a crash its lease runs"
                        + " out by itself within seconds.");
        assertThat(acquire(ONE, LONG).startedAt()).isEqualTo(lease.startedAt());
    }

    @Test
    void servicesStandByForAsLongAsTheyRenew() {
        var store = new ServiceStore();
        var service = new ServiceStore.Service(ONE, Role.REPLAY);
        assertThat(standing(store, service, LONG, "shop")).containsExactly(service);
        assertThat(standing(store, service, LONG, "other")).isEmpty();
        assertThat(service.holds(acquire(ONE, LONG))).isTrue();
        assertThat(standing(store, service, Duration.ZERO, "shop")).isEmpty();
    }

    private List<ServiceStore.Service> standing(
            ServiceStore store, ServiceStore.Service service, Duration timeToLive, String source) {
        return catalogue.inTransaction(connection -> {
            store.renew(connection, service, List.of("shop", "office"), timeToLive);
            return store.live(connection, source);
        });
    }

    @Test
    void anExpiredLeaseIsTakenOverAndItsOwnerFindsOut() {
        acquire(ONE, Duration.ZERO);
        assertThat(find()).map(Lease::liveness).contains(Liveness.EXPIRED);

        assertThat(acquire(TWO, LONG).owner()).isEqualTo(TWO);

        assertThatThrownBy(() -> renew(ONE)).hasMessageStartingWith("WRITER_FENCED: The lease of the replay is lost");
        catalogue.inTransaction(connection -> {
            leases.release(connection, "shop", Role.REPLAY, ONE);
            return null;
        });
        assertThat(find()).map(Lease::owner).contains(TWO);
    }

    @Test
    void anOwnerThatWasOnlyLateGoesOn() {
        acquire(ONE, Duration.ZERO);

        renew(ONE);

        assertThat(find()).hasValueSatisfying(lease -> {
            assertThat(lease.liveness()).isEqualTo(Liveness.LIVE);
            assertThat(lease.detail()).isEqualTo("{\"state\": \"running\"}");
        });
    }

    @Test
    void aReleasedLeaseIsGone() {
        acquire(ONE, LONG);
        catalogue.inTransaction(connection -> {
            leases.release(connection, "shop", Role.REPLAY, ONE);
            return null;
        });

        assertThat(catalogue.<List<Lease>>read(leases::list)).isEmpty();
        assertThat(acquire(TWO, LONG).owner()).isEqualTo(TWO);
    }

    private Lease acquire(Owner owner, Duration timeToLive) {
        return catalogue.inTransaction(
                connection -> leases.acquire(connection, "shop", Role.REPLAY, owner, timeToLive, "{}"));
    }

    private void renew(Owner owner) {
        catalogue.inTransaction(connection -> {
            leases.renew(connection, "shop", Role.REPLAY, owner, LONG, "{\"state\": \"running\"}");
            return null;
        });
    }

    private Optional<Lease> find() {
        return catalogue.read(connection -> leases.find(connection, "shop", Role.REPLAY));
    }
}
