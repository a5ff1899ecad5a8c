package io.kameleon.catalogue.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.catalogue.process.ServiceDesk.Wishes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamedSourcesTest {
    private static final Instant EARLIER = Instant.EPOCH;
    private static final Wishes NOTHING = new Wishes(Set.of(), Map.of("shop", EARLIER));
    private static final Wishes SHOP_STOPPED = new Wishes(Set.of("shop"), Map.of("shop", EARLIER.plusSeconds(1)));
    private static final Wishes SHOP_STARTED = new Wishes(Set.of(), Map.of("shop", EARLIER.plusSeconds(2)));

    private final NamedSources sources = new NamedSources(List.of("shop", "office"));

    @Test
    void eachBeginsOnce() {
        assertThat(sources.toBegin(NOTHING, Set.of())).containsExactly("office", "shop");
        assertThat(sources.isAnyWaiting()).isFalse();
        assertThat(sources.toBegin(NOTHING, Set.of("office", "shop"))).isEmpty();
    }

    @Test
    void oneThatWasStoppedBeforeTheStartWaits() {
        assertThat(sources.toBegin(SHOP_STOPPED, Set.of())).containsExactly("office");
        assertThat(sources.isAnyWaiting()).isTrue();
        assertThat(sources.toBegin(NOTHING, Set.of("office"))).containsExactly("shop");
    }

    @Test
    void oneThatIsStoppedBeginsAgainOnlyAfterItsEnd() {
        sources.toBegin(NOTHING, Set.of());
        assertThat(sources.toBegin(SHOP_STOPPED, Set.of("office", "shop"))).isEmpty();
        assertThat(sources.toBegin(NOTHING, Set.of("office", "shop"))).isEmpty();
        sources.ended("shop");
        assertThat(sources.toBegin(NOTHING, Set.of("office"))).containsExactly("shop");
    }

    @Test
    void anErrorEndsItUntilItIsStartedAgain() {
        sources.toBegin(NOTHING, Set.of());
        sources.ended("shop");
        assertThat(sources.toBegin(NOTHING, Set.of("office"))).isEmpty();
        assertThat(sources.isAnyWaiting()).isFalse();
        assertThat(sources.toBegin(SHOP_STARTED, Set.of("office"))).containsExactly("shop");
        sources.ended("shop");
        assertThat(sources.toBegin(SHOP_STARTED, Set.of("office"))).isEmpty();
    }

    @Test
    void oneThatEndedByAnErrorAndIsStoppedBeginsWhenItIsStarted() {
        sources.toBegin(NOTHING, Set.of());
        sources.ended("shop");
        assertThat(sources.toBegin(SHOP_STOPPED, Set.of("office"))).isEmpty();
        assertThat(sources.toBegin(SHOP_STARTED, Set.of("office"))).containsExactly("shop");
    }
}
