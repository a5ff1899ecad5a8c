package io.kameleon.reader.value;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * MySQL's character sets by name.
 *
 * <p>Those of one byte per character come from the resource {@code single-byte-charsets.txt}: the server's own mapping, which
 * differs from Java's charset of the same name (its latin1 is cp1252 with the five undefined bytes as C1 controls), and which
 * has sets that Java lacks. The others are Java's charsets with the server's deviations.
 */
public final class CharacterSets {
    private static final String TABLES = "single-byte-charsets.txt";
    private static final Map<String, byte[][]> SINGLE_BYTE = readTables();

    private static final Map<String, MultiByteSet> MULTI_BYTE = Map.ofEntries(
            Map.entry("big5", new MultiByteSet("Big5")),
            Map.entry("cp932", new MultiByteSet("windows-31j")),
            Map.entry(
                    "eucjpms",
                    new MultiByteSet(
                            "x-eucJP-Open",
                            "\u2014\u301C\u2016\u2212\u00A2\u00A3\u00AC",
                            "\u2015\uFF5E\u2225\uFF0D\uFFE0\uFFE1\uFFE2")),
            Map.entry("euckr", new MultiByteSet("x-windows-949")),
            Map.entry("gb18030", new MultiByteSet("GB18030")),
            Map.entry("gb2312", new MultiByteSet("GB2312")),
            Map.entry("gbk", new MultiByteSet("x-mswin-936")),
            Map.entry("sjis", new MultiByteSet("Shift_JIS", "\u2014\uFF3C", "\u2015\\")),
            Map.entry("ucs2", new MultiByteSet("UTF-16BE")),
            Map.entry("ujis", new MultiByteSet("EUC-JP", "\u2014\uFF3C", "\u2015\\")),
            Map.entry("utf16", new MultiByteSet("UTF-16BE")),
            Map.entry("utf16le", new MultiByteSet("UTF-16LE")),
            Map.entry("utf32", new MultiByteSet("UTF-32BE")));

    private CharacterSets() {}

    /** Sets whose bytes are UTF-8 as they are. */
    public static boolean isUtf8(String charset) {
        return switch (name(charset)) {
            case "utf8mb4", "utf8mb3", "utf8", "ascii" -> true;
            default -> false;
        };
    }

    /** Bytes that a character takes at most: the factor between CHAR(n) and its size; 0 when the set is not known. */
    public static int maxBytes(String charset) {
        String name = name(charset);
        return switch (name) {
            case "utf8mb4", "utf16", "utf16le", "utf32", "gb18030" -> 4;
            case "utf8mb3", "utf8", "ujis", "eucjpms" -> 3;
            case "ucs2", "big5", "cp932", "euckr", "gb2312", "gbk", "sjis" -> 2;
            default -> name.equals("ascii") || SINGLE_BYTE.containsKey(name) ? 1 : 0;
        };
    }

    /** UTF-8 by byte, null where a byte means nothing; null when the set is not of one byte per character. */
    static byte[][] singleByteTable(String charset) {
        return SINGLE_BYTE.get(name(charset));
    }

    /** Empty for a set that is not known, or that this Java does not have. */
    static Optional<MultiByteSet> multiByte(String charset) {
        return Optional.ofNullable(MULTI_BYTE.get(name(charset))).filter(set -> Charset.isSupported(set.javaName()));
    }

    private static String name(String charset) {
        return charset.toLowerCase(Locale.ROOT);
    }

    private static Map<String, byte[][]> readTables() {
        var tables = new HashMap<String, byte[][]>();
        try (InputStream in = CharacterSets.class.getResourceAsStream(TABLES);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] fields = line.split(" ", 2);
                    tables.put(fields[0], readTable(fields[1]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(TABLES + " cannot be read from the jar", e);
        }
        return Map.copyOf(tables);
    }

    /** Runs of {@code BYTE=CODEPOINTS}: hexadecimal, the code points of consecutive bytes joined by commas. */
    private static byte[][] readTable(String runs) {
        var table = new byte[256][];
        for (int b = 0; b < 0x80; b++) {
            table[b] = new byte[] {(byte) b};
        }
        for (String run : runs.split(" ", -1)) {
            String[] sides = run.split("=", 2);
            int at = Integer.parseInt(sides[0], 16);
            for (String point : sides[1].split(",", -1)) {
                table[at++] = point.equals("-")
                        ? null
                        : Character.toString(Integer.parseInt(point, 16)).getBytes(StandardCharsets.UTF_8);
            }
        }
        return table;
    }

    /**
     * A character set that Java decodes, but for some characters.
     *
     * @param javaName the charset of Java whose mapping is nearest to the server's
     * @param from     characters that Java gives where the server has another; each stands for one byte sequence only
     * @param to       what the server has instead, at the same index
     */
    record MultiByteSet(String javaName, String from, String to) {
        MultiByteSet(String javaName) {
            this(javaName, "", "");
        }
    }
}
