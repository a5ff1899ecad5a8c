package io.kameleon.admin.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MappingChangeTest {
    @Test
    void originsAreToldApartByWhatBecomesOfThem() {
        MappingChange change = MappingChange.between(
                Map.of("kept", "a", "moved", "b", "gone", "c"), Map.of("kept", "a", "moved", "c", "new", "d"));
        assertThat(change).isEqualTo(new MappingChange(Map.of("moved", "c"), Map.of("new", "d"), Map.of("gone", "c")));
        assertThat(change.changesOrigins()).isTrue();
    }

    @Test
    void anotherOrderIsNoChange() {
        var before = new java.util.LinkedHashMap<String, String>();
        before.put("b", "2");
        before.put("a", "1");
        assertThat(MappingChange.between(before, Map.of("a", "1", "b", "2")).isEmpty())
                .isTrue();
    }

    @Test
    void anotherDestinationLeavesTheReaderAlone() {
        assertThat(MappingChange.between(Map.of("a", "1"), Map.of("a", "2")).changesOrigins())
                .isFalse();
    }
}
