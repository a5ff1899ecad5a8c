package io.kameleon.reader.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServerVersionTest {
    @Test
    void suffixesAndMissingPatchAreRead() {
        assertThat(ServerVersion.parse("8.0.36-28").isAtLeast(8, 0, 36)).isTrue();
        assertThat(ServerVersion.parse("9.7.4-2")).isGreaterThan(ServerVersion.parse("9.7.3"));
        assertThat(ServerVersion.parse("11.4").patch()).isZero();
    }

    @Test
    void mariaDbPrefixForOldReplicasIsNoVersion() {
        assertThat(ServerVersion.parse("5.5.5-10.6.18-MariaDB-log").major()).isEqualTo(10);
    }

    @Test
    void otherTextIsRefused() {
        assertThatThrownBy(() -> ServerVersion.parse("unknown")).isInstanceOf(IllegalArgumentException.class);
    }
}
