package io.kameleon.reader.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceAddressTest {
    @Test
    void textShowsNoPassword() {
        var address = SourceAddress.of("shop", "db.example", 3306, "repl", "s3cret"::toCharArray);
        assertThat(address).hasToString("source shop at db.example:3306 as repl");
    }
}
