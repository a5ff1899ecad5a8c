package io.kameleon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestMySqlTest {
    @Test
    void readsEveryPartOfTheUrl() {
        TestMySql mySql = TestMySql.of("jdbc:mariadb://127.0.0.1:33061/any?user=replica&password=hidden");
        assertThat(mySql.host()).isEqualTo("127.0.0.1");
        assertThat(mySql.port()).isEqualTo(33_061);
        assertThat(mySql.user()).isEqualTo("replica");
        assertThat(mySql.password()).isEqualTo("hidden");
        assertThat(mySql).hasToString("MySQL replica@127.0.0.1:33061");
    }

    @Test
    void takesRootWithoutPasswordOnTheUsualPortWhenTheUrlIsBare() {
        TestMySql mySql = TestMySql.of("jdbc:mysql://db.example");
        assertThat(mySql.jdbcUrl("shop"))
                .isEqualTo("jdbc:mariadb://db.example:3306/shop?user=root&password=&allowPublicKeyRetrieval=true");
    }

    @Test
    void refusesAnotherDatabaseWithoutRepeatingTheUrl() {
        assertThatThrownBy(() -> TestMySql.of("jdbc:postgresql://host/db?password=hidden"))
                .hasMessage("the system property mysql.url is not of the form jdbc:mariadb://host:port/?user=...");
    }
}
