package io.kameleon.reader.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrantsTest {
    @Test
    void allPrivilegesCoverEverything() {
        var grants = Grants.parse(List.of("GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION"));
        assertThat(grants.hasGlobal("REPLICATION SLAVE")).isTrue();
        assertThat(grants.hasOnSchema("SELECT", "shop")).isTrue();
    }

    @Test
    void schemaGrantsArePatterns() {
        var grants = Grants.parse(
                List.of("GRANT USAGE ON *.* TO `u`@`%`", "GRANT SELECT, LOCK TABLES ON `shop\\_%`.* TO `u`@`%`"));
        assertThat(grants.hasOnSchema("SELECT", "shop_1")).isTrue();
        assertThat(grants.hasOnSchema("SELECT", "shopx1")).isFalse();
        assertThat(grants.hasGlobal("SELECT")).isFalse();
    }

    @Test
    void tableAndColumnGrantsDoNotCoverTheSchema() {
        var grants = Grants.parse(List.of("GRANT SELECT (`a`, `b`), INSERT ON `shop`.`orders` TO `u`@`%`"));
        assertThat(grants.hasOnSchema("SELECT", "shop")).isFalse();
        assertThat(grants.hasOnSomeTable("SELECT", "shop")).isTrue();
        assertThat(grants.hasOnSomeTable("DELETE", "shop")).isFalse();
    }

    @Test
    void partialRevokeTakesTheSchemaOut() {
        var grants =
                Grants.parse(List.of("GRANT SELECT ON *.* TO `u`@`%`", "REVOKE SELECT ON `secret`.* FROM `u`@`%`"));
        assertThat(grants.hasOnSchema("SELECT", "shop")).isTrue();
        assertThat(grants.hasOnSchema("SELECT", "secret")).isFalse();
    }

    @Test
    void linesWithoutPrivilegesArePassedOver() {
        var grants = Grants.parse(List.of(
                "GRANT PROXY ON ''@'%' TO 'root'@'localhost' WITH GRANT OPTION", "GRANT `reader`@`%` TO `u`@`%`"));
        assertThat(grants.hasGlobal("SELECT")).isFalse();
    }
}
