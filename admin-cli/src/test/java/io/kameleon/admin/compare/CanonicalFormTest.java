package io.kameleon.admin.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.replay.row.NulPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalFormTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "0.00, 0",
        "-0.00, 0",
        "00042, 42",
        "1.50, 1.5",
        "100, 100",
        "1E+2, 100",
        "-007.10, -7.1",
        "18446744073709551615, 18446744073709551615",
        "NaN, NaN"
    })
    void numbersHaveOneSpelling(String text, String canonical) {
        assertThat(NumberForm.exact(text)).isEqualTo(canonical);
    }

    @Test
    void floatsAreEqualByValueAndZeroHasNoSign() {
        assertThat(NumberForm.ofFloat("0.10000000149011612")).isEqualTo(NumberForm.ofFloat("0.1"));
        assertThat(NumberForm.ofFloat("-0")).isEqualTo(NumberForm.ofFloat("0"));
        assertThat(NumberForm.ofFloat("1.401298464324817e-45")).isEqualTo(NumberForm.ofFloat("1e-45"));
        assertThat(NumberForm.ofDouble("-0.0")).isEqualTo("0");
        assertThat(NumberForm.ofDouble("0.1")).isNotEqualTo(NumberForm.ofDouble("0.10000000000000002"));
    }

    @Test
    void bitsAreNumbersWhateverHoldsThem() {
        assertThat(NumberForm.ofBits("1".repeat(64))).isEqualTo("18446744073709551615");
        assertThat(NumberForm.ofBits(new byte[] {(byte) 0x80, 0})).isEqualTo("32768");
        assertThat(NumberForm.truth("2")).isEqualTo(NumberForm.ofBoolean("true"));
        assertThat(NumberForm.truth("0")).isEqualTo(NumberForm.ofBoolean("false"));
    }

    /** F53. */
    @Test
    void datesThatTheCalendarLacksAreTold() {
        assertThat(List.of("0000-00-00", "2015-00-21", "2020-02-30", "0000-01-01", "0000-00-00 00:00:00"))
                .noneMatch(CalendarForm::isInCalendar);
        assertThat(List.of("2020-02-29", "0001-01-01", "9999-12-31 23:59:59.999999"))
                .allMatch(CalendarForm::isInCalendar);
    }

    @Test
    void momentsLoseZoneAndTrailingZeros() {
        assertThat(CalendarForm.moment("2026-01-31 10:00:00.120000")).isEqualTo("2026-01-31 10:00:00.12");
        assertThat(CalendarForm.moment("2026-01-31 10:00:00.12+00")).isEqualTo("2026-01-31 10:00:00.12");
        assertThat(CalendarForm.moment("2026-01-31 10:00:00.000")).isEqualTo("2026-01-31 10:00:00");
        assertThat(CalendarForm.date("2026-01-31 00:00:00")).isEqualTo("2026-01-31");
    }

    /** F52: more than a day, and negative. */
    @ParameterizedTest
    @CsvSource({
        "-838:59:59.000000, -3020399.000000",
        "838:59:59, 3020399",
        "-00:00:00.000001, -0.000001",
        "-00:00:00, 0.000000",
        "24:00:00, 86400",
        "01:02:03.450000, 3723.45"
    })
    void timesEqualTheirSeconds(String time, String seconds) {
        assertThat(CalendarForm.time(time)).isEqualTo(CalendarForm.timeOfSeconds(seconds));
    }

    @Test
    void jsonIsEqualInAnyOrderAndSpelling() {
        assertThat(JsonForm.of("{\"b\": 1.0, \"a\": [1e2, -0.0, \"\\u00e9\"], \"b\": 2}"))
                .isEqualTo(JsonForm.of("{\"a\":[100,0,\"é\"],\"b\":2.00}"))
                .isEqualTo("{\"a\":[100,0,\"é\"],\"b\":2}");
        assertThat(JsonForm.of("12345678901234567890.123456789"))
                .isNotEqualTo(JsonForm.of("12345678901234567890.123456788"));
        assertThat(JsonForm.of("[1,2]")).isNotEqualTo(JsonForm.of("[2,1]"));
        assertThat(JsonForm.of("\"1\"")).isNotEqualTo(JsonForm.of("1"));
        assertThat(JsonForm.of("{}")).isEqualTo("{}");
    }

    /** F57. */
    @Test
    void nulIsLeftOut() {
        assertThat(TextForms.stored("\0a\0b", NulPolicy.STRIP)).isEqualTo("ab");
        assertThat(JsonForm.of("{\"a\\u0000b\":\"\\u0000\"}")).isEqualTo("{\"ab\":\"\"}");
        assertThat(JsonForm.of("\"\\\\u0000\"")).isEqualTo("\"\\\\u0000\"");
    }

    @Test
    void whatIsNoJsonStaysText() {
        assertThat(JsonForm.of("{\"a\":")).isEqualTo("{\"a\":");
        assertThat(JsonForm.of("1 2")).isEqualTo("1 2");
        assertThat(JsonForm.of("")).isEmpty();
    }

    @Test
    void setsAreInTheOrderOfTheDefinition() {
        List<String> labels = List.of("red", "green", "blue");
        assertThat(TextForms.set("blue,red", labels)).isEqualTo("red,blue");
        assertThat(TextForms.set("red,pink,red", labels)).isEqualTo("red,red,pink");
        assertThat(TextForms.set("", labels)).isEmpty();
    }

    @Test
    void longBytesAreEqualByDigest() {
        assertThat(TextForms.ofBytes(new byte[] {0, (byte) 0xFF})).isEqualTo("00ff");
        byte[] large = new byte[5000];
        String digest = TextForms.ofBytes(large);
        large[4999] = 1;
        assertThat(TextForms.ofBytes(large)).startsWith("sha256:5000:").isNotEqualTo(digest);
    }
}
