package io.kameleon.reader.value;

import io.kameleon.schemas.wire.AvroOutput;

/**
 * Addresses as MariaDB writes them: of IPv6 the longest run of zero groups is {@code ::}, even of one group, and addresses that embed
 * an IPv4 address end in it ({@code ::ffff:1.2.3.4}, {@code ::1.2.3.4}). Stateless.
 */
final class InetText {
    private static final int GROUPS = 8;

    private InetText() {}

    /** Four bytes from {@code from}. */
    static void write4(byte[] bytes, int from, AvroOutput text) {
        for (int i = 0; i < 4; i++) {
            if (i > 0) {
                text.writeRawByte('.');
            }
            writeDecimal(bytes[from + i] & 0xFF, text);
        }
    }

    /** The first 16 bytes. */
    static void write6(byte[] bytes, AvroOutput text) {
        int start = longestRun(bytes);
        int end = start + run(bytes, start);
        boolean embeds = start == 0 && (end == 6 || end == 5 && group(bytes, 5) == 0xFFFF);
        int groups = embeds ? 6 : GROUPS;
        for (int i = 0; i < groups; i++) {
            if (i == start && end > start) {
                text.writeRawByte(':');
                text.writeRawByte(':');
                i = end - 1;
            } else {
                if (i > 0 && i != end) {
                    text.writeRawByte(':');
                }
                writeHex(group(bytes, i), text);
            }
        }
        if (embeds) {
            if (end < 6) {
                text.writeRawByte(':');
            }
            write4(bytes, 12, text);
        }
    }

    private static int longestRun(byte[] bytes) {
        int best = 0;
        for (int i = 1; i < GROUPS; i++) {
            if (run(bytes, i) > run(bytes, best)) {
                best = i;
            }
        }
        return best;
    }

    /** Zero groups from {@code start} on. */
    private static int run(byte[] bytes, int start) {
        int end = start;
        while (end < GROUPS && group(bytes, end) == 0) {
            end++;
        }
        return end - start;
    }

    private static int group(byte[] bytes, int i) {
        return (bytes[2 * i] & 0xFF) << 8 | bytes[2 * i + 1] & 0xFF;
    }

    private static void writeHex(int group, AvroOutput text) {
        boolean begun = false;
        for (int shift = 12; shift >= 0; shift -= 4) {
            int digit = group >> shift & 0xF;
            begun |= digit != 0 || shift == 0;
            if (begun) {
                text.writeRawByte(FixedBinary.HEX[digit]);
            }
        }
    }

    private static void writeDecimal(int value, AvroOutput text) {
        if (value >= 100) {
            text.writeRawByte('0' + value / 100);
        }
        if (value >= 10) {
            text.writeRawByte('0' + value / 10 % 10);
        }
        text.writeRawByte('0' + value % 10);
    }
}
