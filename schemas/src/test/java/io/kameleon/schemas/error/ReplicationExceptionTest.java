package io.kameleon.schemas.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicationExceptionTest {
    @Test
    void placesAreNamedInOneOrderWhateverTheMaps() {
        var failure = new ReplicationException(
                ErrorCode.TABLE_UNKNOWN,
                "It is not there",
                Map.of("at", "a.1:4", "table", "shop.item", "source", "shop", "column", "price", "kind", 1),
                "Look again.");

        assertThat(failure)
                .hasMessage(
                        "TABLE_UNKNOWN: It is not there {source=shop, table=shop.item, column=price, at=a.1:4, kind=1}."
                                + " Look again.");
        assertThat(failure.where().keySet()).containsExactly("source", "table", "column", "at", "kind");
    }
}
