package io.kameleon.catalogue.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigValuesTest {
    @ParameterizedTest
    @CsvSource({
        "1 day, P1D",
        "2 days, P2D",
        "1 week, P7D",
        "1 mon, P30D",
        "1 year, PT31557600S",
        "12 hours, PT12H",
        "2 hours 30 minutes, PT2H30M",
        "1 day 06:30, PT30H30M",
        "12:00:05.5, PT12H5.5S",
        "90 s, PT90S",
        "1.5 hours, PT90M",
        "P1DT12H, PT36H",
        "PT10M, PT10M",
        "1D, P1D"
    })
    void intervalsAreReadAsPostgresWritesThem(String text, Duration expected) {
        assertThat(PgInterval.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "day", "1", "0 days", "-1 day", "1 day ago", "1 fortnight", "P", "PX", "1 day,"})
    void whatIsNoIntervalIsRefused(String text) {
        assertThatThrownBy(() -> PgInterval.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "300M, 314572800",
        "10k, 10240",
        "10K, 10240",
        "1G, 1073741824",
        "4096, 4096",
        "2 MB, 2097152",
        "1GiB, 1073741824"
    })
    void memoryIsInPowersOf1024(String text, long expected) {
        assertThat(ConfigValues.memory(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "1T", "1.5G", "-1M", "99999999999999G"})
    void whatIsNoMemorySizeIsRefused(String text) {
        assertThatThrownBy(() -> ConfigValues.memory(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"120s, PT2M", "500, PT0.5S", "2min, PT2M", "1h, PT1H", "0, PT0S", "0.5s, PT0.5S"})
    void lockTimeoutsWithoutUnitAreMilliseconds(String text, Duration expected) {
        assertThat(ConfigValues.duration(text, "ms")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"PT48H, 2 days", "PT24H, 1 day", "PT2M, 120s", "PT0.5S, 500ms", "PT0S, 0s"})
    void durationsAreShownAsAFileWouldHaveThem(Duration duration, String expected) {
        assertThat(MaskedConfig.text(duration)).isEqualTo(expected);
    }
}
