package io.kameleon.reader.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.reader.server.TableFacts;
import io.kameleon.schemas.table.TableId;
import org.junit.jupiter.api.Test;

/** How large a table's ranges become: what {@code copy_max_memory} and the number of ranges allow. */
class RangeSizeTest {
    private static TableFacts table(long rows, long bytesPerRow) {
        return new TableFacts(new TableId("shop", "item"), "InnoDB", rows, bytesPerRow);
    }

    @Test
    void theSmallerLimitCounts() {
        var size = new RangeSize(1_000, 1 << 20);
        assertThat(size.rowsFor(table(50_000, 100))).isEqualTo(1_000);
        assertThat(size.rowsFor(table(50_000, 4_096))).isEqualTo(256);
    }

    @Test
    void wideRowsStillComeByTheHundred() {
        assertThat(new RangeSize(1_000, 1 << 20).rowsFor(table(50_000, 1 << 20)))
                .isEqualTo(100);
    }

    @Test
    void aTableOfUnknownWidthGoesByRows() {
        assertThat(new RangeSize(1_000, 1).rowsFor(table(50_000, 0))).isEqualTo(1_000);
    }

    @Test
    void theNumberOfRangesIsBounded() { // F34
        assertThat(new RangeSize(10, 1 << 20).rowsFor(table(1_000_000_000, 100)))
                .isEqualTo(1_000_000_000 / RangeSize.RANGES_MAX);
    }
}
