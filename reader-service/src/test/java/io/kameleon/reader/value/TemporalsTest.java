package io.kameleon.reader.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.schemas.wire.AvroInput;
import io.kameleon.schemas.wire.AvroOutput;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

class TemporalsTest {
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    @Test
    void everyDayOfTheCalendarIsItsEpochDay() {
        LocalDate last = LocalDate.of(9999, 12, 31);
        for (LocalDate day = LocalDate.of(1, 1, 1); !day.isAfter(last); day = day.plusDays(1)) {
            if (Temporals.epochDay(day.getYear(), day.getMonthValue(), day.getDayOfMonth()) != day.toEpochDay()) {
                throw new AssertionError(day);
            }
        }
    }

    @Test
    void timestampsReadLikeTheCalendar() {
        var out = new AvroOutput(32);
        var scratch = new ValueScratch();
        for (long seconds = 1; seconds < 1L << 32; seconds += 40_009) {
            out.reset();
            int micros = (int) (seconds % 1_000_000);
            Temporals.writeTimestamp(seconds, micros, 6, out, scratch);
            String expected = LocalDateTime.ofEpochSecond(seconds, micros * 1000, ZoneOffset.UTC)
                    .format(TEXT);
            String text = new AvroInput().wrap(out.buffer(), 0, out.size()).readString();
            if (!text.equals(expected)) {
                throw new AssertionError(text + " is not " + expected);
            }
        }
    }

    @Test
    void daysThatDoNotExistAreNoDates() { // F53
        assertThat(Temporals.isDate(0, 0, 0)).isFalse();
        assertThat(Temporals.isDate(0, 1, 1)).isFalse();
        assertThat(Temporals.isDate(2015, 0, 21)).isFalse();
        assertThat(Temporals.isDate(2015, 5, 0)).isFalse();
        assertThat(Temporals.isDate(2023, 2, 29)).isFalse();
        assertThat(Temporals.isDate(1900, 2, 29)).isFalse();
        assertThat(Temporals.isDate(2000, 2, 29)).isTrue();
    }
}
