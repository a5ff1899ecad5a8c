package io.kameleon.admin.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowHashTest {
    private final RowHash hash = new RowHash();

    @Test
    void valuesDoNotRunIntoEachOther() {
        Hash128 first = hash.add("ab").add("c").finish();
        assertThat(hash.add("a").add("bc").finish()).isNotEqualTo(first);
        assertThat(hash.add("ab").add("c").finish()).isEqualTo(first);
    }

    @Test
    void nullIsNotTheEmptyText() {
        assertThat(hash.add(null).finish()).isNotEqualTo(hash.add("").finish());
    }

    @Test
    void aLongValueIsHashedWhole() {
        String text = "x".repeat(100_000);
        assertThat(hash.add(text + "a").finish())
                .isNotEqualTo(hash.add(text + "b").finish());
    }

    @Test
    void bucketsAreEqualInAnyOrderAndTellWhichDiffer() {
        var one = new BucketSums(64);
        var other = new BucketSums(64);
        for (int i = 0; i < 1_000; i++) {
            add(one, i, "v" + i);
            add(other, 999 - i, "v" + (999 - i));
        }
        assertThat(one.differing(other).isEmpty()).isTrue();

        add(one, 7, "twice");
        add(other, 7, "changed");
        assertThat(one.differing(other).cardinality()).isEqualTo(1);
        assertThat(one.rows()).isEqualTo(1_001);
    }

    @Test
    void bucketsGrowWithTheTableUpToALimit() {
        assertThat(BucketSums.bucketsFor(0)).isEqualTo(64);
        assertThat(BucketSums.bucketsFor(1_000_000)).isEqualTo(8_192);
        assertThat(BucketSums.bucketsFor(Long.MAX_VALUE)).isEqualTo(65_536);
    }

    private void add(BucketSums sums, int key, String value) {
        Hash128 keyHash = hash.add(Integer.toString(key)).finish();
        sums.add(keyHash, hash.add(Integer.toString(key)).add(value).finish());
    }
}
