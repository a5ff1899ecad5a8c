package io.kameleon.reader.ddl;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Facts on a server's character sets: default collations, aliases, bytes per character. Immutable and thread-safe. */
public final class Charsets {
    static final String BINARY = "binary";

    private static final String UTF8MB3 = "utf8mb3";
    private static final Map<String, String> DEFAULT_COLLATIONS = Map.ofEntries(
            Map.entry("big5", "big5_chinese_ci"),
            Map.entry("dec8", "dec8_swedish_ci"),
            Map.entry("hp8", "hp8_english_ci"),
            Map.entry("latin1", "latin1_swedish_ci"),
            Map.entry("swe7", "swe7_swedish_ci"),
            Map.entry("ujis", "ujis_japanese_ci"),
            Map.entry("sjis", "sjis_japanese_ci"),
            Map.entry("tis620", "tis620_thai_ci"),
            Map.entry("euckr", "euckr_korean_ci"),
            Map.entry("gb2312", "gb2312_chinese_ci"),
            Map.entry("gbk", "gbk_chinese_ci"),
            Map.entry("latin5", "latin5_turkish_ci"),
            Map.entry("cp932", "cp932_japanese_ci"),
            Map.entry("eucjpms", "eucjpms_japanese_ci"),
            Map.entry("gb18030", "gb18030_chinese_ci"),
            Map.entry(BINARY, BINARY));
    private static final Set<String> TWO_BYTES = Set.of("big5", "sjis", "gbk", "gb2312", "euckr", "ucs2", "cp932");
    private static final Set<String> THREE_BYTES = Set.of("ujis", "eucjpms", UTF8MB3);
    private static final Set<String> FOUR_BYTES = Set.of("utf8mb4", "utf16", "utf16le", "utf32", "gb18030");
    private static final Set<String> UNICODE = Set.of(UTF8MB3, "utf8mb4", "ucs2", "utf16", "utf32");

    private final Map<String, String> asked;
    private final ServerDialect dialect;
    private final String serverCollation;

    private Charsets(ServerDialect dialect, Map<String, String> asked, String serverCollation) {
        this.dialect = dialect;
        this.asked = asked;
        this.serverCollation = serverCollation;
    }

    /** Built-in facts of that server version, nothing asked from the server. */
    public static Charsets of(ServerDialect dialect) {
        return new Charsets(dialect, Map.of(), builtInServerCollation(dialect));
    }

    /**
     * @param defaultCollations character set to default collation, as {@code information_schema.character_sets} has it; goes
     *                          before the built-in facts
     * @param serverCollation   {@code collation_server}, for databases of which nothing is known
     */
    public static Charsets of(ServerDialect dialect, Map<String, String> defaultCollations, String serverCollation) {
        var asked = new HashMap<String, String>();
        defaultCollations.forEach((charset, collation) -> asked.put(charset(charset), qualified(collation, charset)));
        return new Charsets(dialect, Map.copyOf(asked), qualified(serverCollation, ""));
    }

    private static String builtInServerCollation(ServerDialect dialect) {
        if (dialect.isMariaDb()) {
            return dialect.version() >= 110_600 ? "utf8mb4_uca1400_ai_ci" : "latin1_swedish_ci";
        }
        return dialect.version() >= 80_000 ? "utf8mb4_0900_ai_ci" : "latin1_swedish_ci";
    }

    TextDefaults serverDefaults() {
        return new TextDefaults(charsetOf(serverCollation), serverCollation);
    }

    /** What a CHARACTER SET and a COLLATE clause, either of which may be missing, mean together. */
    TextDefaults resolve(String charset, String collation, TextDefaults inherited) {
        boolean charsetNamed = !charset.isEmpty() && !charset.equalsIgnoreCase("DEFAULT");
        boolean collationNamed = !collation.isEmpty() && !collation.equalsIgnoreCase("DEFAULT");
        if (!charsetNamed && !collationNamed) {
            return inherited;
        }
        String named = charsetNamed ? charset(charset) : inherited.charset();
        if (!collationNamed) {
            return new TextDefaults(named, defaultCollation(named));
        }
        String full = qualified(collation, named);
        return new TextDefaults(charsetNamed ? named : charsetOf(full), full);
    }

    String defaultCollation(String charset) {
        String fromServer = asked.get(charset);
        if (fromServer != null) {
            return fromServer;
        }
        if (dialect.isMariaDb() && dialect.version() >= 110_500 && UNICODE.contains(charset)) {
            return charset + "_uca1400_ai_ci";
        }
        if (charset.equals("utf8mb4") && !dialect.isMariaDb() && dialect.version() >= 80_000) {
            return "utf8mb4_0900_ai_ci";
        }
        return DEFAULT_COLLATIONS.getOrDefault(charset, charset + "_general_ci");
    }

    static String binaryCollation(String charset) {
        return charset.equals(BINARY) ? BINARY : charset + "_bin";
    }

    /** Bytes of the longest character. */
    static int maxBytes(String charset) {
        if (FOUR_BYTES.contains(charset)) {
            return 4;
        }
        if (THREE_BYTES.contains(charset)) {
            return 3;
        }
        return TWO_BYTES.contains(charset) ? 2 : 1;
    }

    /** Every character of {@code from} is in {@code to}. */
    static boolean covers(String to, String from) {
        return to.equals(from)
                || UNICODE.contains(to) && maxBytes(to) >= 4 && !from.equals(BINARY)
                || from.equals("ascii") && !to.equals(BINARY);
    }

    /** The name in one spelling: {@code utf8} is {@code utf8mb3}. */
    static String charset(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("utf8") ? UTF8MB3 : lower;
    }

    static String charsetOf(String collation) {
        int end = collation.indexOf('_');
        return charset(end < 0 ? collation : collation.substring(0, end));
    }

    /** The collation's full name: MariaDB lets {@code uca1400_ai_ci} go without its character set. */
    private static String qualified(String collation, String charset) {
        String lower = collation.toLowerCase(Locale.ROOT);
        if (lower.startsWith("uca1400_")) {
            return charset(charset) + "_" + lower;
        }
        return lower.startsWith("utf8_") ? UTF8MB3 + lower.substring("utf8".length()) : lower;
    }
}
