package io.kameleon.schemas.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinlogCoordinatesTest {
    /** F8. */
    @Test
    void filesOrderByNumericSuffixNotByText() {
        var sixDigits = new BinlogCoordinates("binlog.999999", 900);
        var sevenDigits = new BinlogCoordinates("binlog.1000000", 4);
        assertThat(sixDigits.isBefore(sevenDigits)).isTrue();
        assertThat(new BinlogCoordinates("binlog.9", 4).isBefore(new BinlogCoordinates("binlog.10", 4)))
                .isTrue();
    }

    /** F8: a base name may hold a dot. */
    @Test
    void theSuffixIsWhatFollowsTheLastDot() {
        assertThat(new BinlogCoordinates("db1.example.000042", 4).fileNumber()).isEqualTo(42);
    }

    /** F9. */
    @Test
    void positionsBeyondFourGigabytesKeepTheirOrder() {
        var below = new BinlogCoordinates("binlog.000001", 0xFFFF_FFFFL);
        var above = new BinlogCoordinates("binlog.000001", 0x1_0000_0004L);
        assertThat(below.isBefore(above)).isTrue();
        assertThat(BinlogCoordinates.parse(above.toString())).isEqualTo(above);
    }

    @Test
    void theTextFormReadsBackWhateverTheFileIsCalled() {
        var odd = new BinlogCoordinates("a:b.c.000042", 1730);
        assertThat(BinlogCoordinates.parse(odd.toString())).isEqualTo(odd);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":4", "binlog.000001", "binlog.000001:", "binlog.000001:x", "binlog:4", "binlog.000001:3"})
    void whatIsNotCoordinatesIsRefused(String text) {
        assertThatThrownBy(() -> BinlogCoordinates.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPositionInsideTheFileHeaderIsRefused() {
        assertThatThrownBy(() -> new BinlogCoordinates("binlog.000001", 0))
                .hasMessage("position 0 lies inside the file header of binlog.000001");
    }
}
