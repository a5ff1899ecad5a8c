package io.kameleon.reader.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MariaDbGtidsTest {
    @Test
    void everyDomainOfTheOtherHasToBeReached() {
        assertThat(reaches("0-1-57,2-1-9", "0-9-57")).isTrue();
        assertThat(reaches("0-1-57", "0-1-57,2-1-9")).isFalse();
        assertThat(reaches("0-1-56", "0-1-57")).isFalse();
        assertThat(reaches("", "")).isTrue();
    }

    private static boolean reaches(String position, String other) {
        return MariaDbGtids.parse(position).reaches(MariaDbGtids.parse(other));
    }
}
