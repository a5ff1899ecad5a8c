package io.kameleon.reader.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StableStartTest {
    @Test
    void onlyTheTablesOwnCounterIsLeftOut() {
        String table =
                "CREATE TABLE `t` (\n  `id` int AUTO_INCREMENT,\n  `c` int COMMENT ' AUTO_INCREMENT=7'\n) ENGINE=InnoDB%s"
                        + " DEFAULT CHARSET=utf8mb4";
        assertThat(StableStart.withoutCounter(table.formatted(" AUTO_INCREMENT=12")))
                .isEqualTo(table.formatted(""));
        assertThat(StableStart.withoutCounter(table.formatted(""))).isEqualTo(table.formatted(""));
    }
}
