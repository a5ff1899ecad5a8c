package io.kameleon.admin.compare;

import io.kameleon.replay.row.NulPolicy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** Text, bytes and sets of labels. */
final class TextForms {
    /** Longer values are held as their digest: they are never shown and never looked up. */
    static final int BYTES_SHOWN_MAX = 4096;

    private TextForms() {}

    /** A text as PostgreSQL can hold it (F57). */
    static String stored(String text, NulPolicy policy) {
        if (text.indexOf('\0') < 0) {
            return text;
        }
        return text.replace("\0", policy == NulPolicy.REPLACE ? "\ufffd" : "");
    }

    /** Bytes from their hexadecimal digits; what are none stays as it is. */
    static String ofHex(byte[] digits) {
        String text = new String(digits, StandardCharsets.ISO_8859_1);
        try {
            return ofBytes(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Hexadecimal digits; of a long value its length and SHA-256. */
    static String ofBytes(byte[] bytes) {
        if (bytes.length <= BYTES_SHOWN_MAX) {
            return HexFormat.of().formatHex(bytes);
        }
        return "sha256:" + bytes.length + ":" + HexFormat.of().formatHex(sha256().digest(bytes));
    }

    static String ofText(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** Members in the order of the definition, unknown ones last; one that is there twice stays twice. */
    static String set(String members, List<String> labels) {
        if (members.indexOf(',') < 0) {
            return members;
        }
        String[] found = members.split(",", -1);
        Arrays.sort(
                found, Comparator.comparingInt((String m) -> rank(m, labels)).thenComparing(m -> m));
        return String.join(",", found);
    }

    private static int rank(String member, List<String> labels) {
        int rank = labels.indexOf(member);
        return rank < 0 ? Integer.MAX_VALUE : rank;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
