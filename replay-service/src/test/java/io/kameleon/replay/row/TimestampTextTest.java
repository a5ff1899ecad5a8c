package io.kameleon.replay.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class TimestampTextTest {
    private static final Place PLACE = new Place("t", "c", "timestamptz");

    @Test
    void everyDayOfTheGregorianCalendarIsCountedRight() {
        Instant day = Instant.parse("0001-01-01T12:34:56.789Z");
        while (day.isBefore(Instant.parse("9999-12-25T00:00:00Z"))) {
            assertThat(micros(day.toString())).isEqualTo(day.getEpochSecond() * 1_000_000 + day.getNano() / 1000);
            day = day.plus(7, ChronoUnit.DAYS);
        }
    }

    @Test
    void fractionDigitsMayBeNoneToSix() {
        assertThat(micros("1970-01-01T00:00:01Z")).isEqualTo(1_000_000);
        assertThat(micros("1970-01-01T00:00:01.5Z")).isEqualTo(1_500_000);
        assertThat(micros("1970-01-01T00:00:01.000001Z")).isEqualTo(1_000_001);
    }

    @Test
    void anythingElseIsMalformed() {
        for (String text : new String[] {
            "",
            "Z",
            "1970-01-01 00:00:01Z",
            "1970-01-01T00:00:01",
            "1970-01-01T00:00:01.Z",
            "1970-01-01T00:00:01.1234567Z",
            "197O-01-01T00:00:01Z",
            "1970-01-01T00:00:01+00"
        }) {
            assertThatThrownBy(() -> micros(text))
                    .isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                            .isEqualTo(ErrorCode.VALUE_MALFORMED));
        }
    }

    private static long micros(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        return TimestampText.micros(ascii, 0, ascii.length, PLACE);
    }
}
