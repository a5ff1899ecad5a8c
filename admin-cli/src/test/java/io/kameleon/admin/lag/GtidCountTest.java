package io.kameleon.admin.lag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GtidCountTest {
    private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

    @Test
    void intervalsOfAllServersAndTagsAreCounted() {
        assertThat(GtidCount.of(UUID + ":1-57")).hasValue(57);
        assertThat(GtidCount.of(UUID + ":1-3:7:blue:1-10,\n" + UUID.replace('3', '4') + ":5"))
                .hasValue(15);
    }

    @Test
    void domainsOfMariaDbCountBySequence() {
        assertThat(GtidCount.between("0-1-57,1-2-10", "0-3-60,1-2-11")).hasValue(4);
    }

    @Test
    void whatIsNoSetIsNotKnown() {
        assertThat(GtidCount.of("")).isEmpty();
        assertThat(GtidCount.between("", UUID + ":1-5")).isEmpty();
        assertThat(GtidCount.of("no set")).isEmpty();
        assertThat(GtidCount.of(UUID + ":1-99999999999999999999")).isEmpty();
    }

    @Test
    void aReaderThatIsAheadOfTheLookIsNotBehind() {
        assertThat(GtidCount.between(UUID + ":1-8", UUID + ":1-7")).hasValue(0);
    }
}
