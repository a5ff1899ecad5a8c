package io.kameleon.sandbox;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;

/** Made-up values of the sample shop: the same ones from the same random source. Not thread-safe. */
final class ShopText {
    private static final List<String> NAMES = List.of(
            "Ada",
            "Björn",
            "Chloé",
            "Dmitri",
            "Eva",
            "François",
            "Gül",
            "Håkon",
            "Inês",
            "José",
            "Køhler",
            "Łukasz",
            "María",
            "Nguyễn",
            "O'Brien",
            "Paul",
            "松本",
            "Zoë",
            "Ωmega",
            "Emoji 🦎");
    private static final List<String> WORDS = List.of(
            "fine",
            "tool",
            "green",
            "large",
            "quoted \"word\"",
            "back\\slash",
            "tab\there",
            "line\nbreak",
            "50 %",
            "naïve",
            "straße",
            "日本",
            "🦎",
            "it's",
            "null",
            "\\N",
            "light",
            "");
    private static final LocalDateTime EPOCH = LocalDateTime.of(2024, 1, 1, 0, 0);
    private static final int SECONDS_PER_YEAR = 365 * 24 * 3600;

    private final Random random;

    ShopText(Random random) {
        this.random = random;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long below(long bound) {
        return random.nextLong(bound);
    }

    boolean once(int inTimes) {
        return random.nextInt(inTimes) == 0;
    }

    <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    String name() {
        return any(NAMES) + " " + any(NAMES);
    }

    String text(int wordsMax) {
        var text = new StringBuilder();
        for (int words = random.nextInt(wordsMax + 1); words > 0; words--) {
            text.append(any(WORDS)).append(' ');
        }
        return text.toString();
    }

    BigDecimal money(int unitsMax) {
        return BigDecimal.valueOf(random.nextLong(unitsMax * 100L), 2);
    }

    LocalDateTime moment() {
        return EPOCH.plusSeconds(random.nextInt(SECONDS_PER_YEAR)).plusNanos(random.nextInt(1_000_000) * 1000L);
    }

    LocalDate day() {
        return LocalDate.of(1940 + random.nextInt(70), 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    byte[] bytes(int lengthMax) {
        var bytes = new byte[random.nextInt(lengthMax + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** 16 bytes; every 16th ends in a zero byte, which binary logs leave out. */
    byte[] key() {
        var key = ByteBuffer.allocate(16)
                .putLong(random.nextLong())
                .putLong(random.nextLong())
                .array();
        if (once(16)) {
            key[15] = 0;
        }
        return key;
    }

    String json() {
        return "{\"theme\": \"%s\", \"size\": %d, \"ratio\": %s, \"tags\": [true, null, \"ü\"]}"
                .formatted(any(List.of("dark", "light", "grün")), random.nextInt(100), random.nextInt(1000) / 8.0);
    }
}
