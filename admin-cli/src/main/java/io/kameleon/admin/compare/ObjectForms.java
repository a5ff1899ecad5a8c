package io.kameleon.admin.compare;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.StringJoiner;

/**
 * Geometries as {@code <SRID>/<WKB>} in hexadecimal digits, vectors as {@code [1.0,-2.5]}, addresses as hexadecimal digits of their
 * bytes. A text that is none of these stays as it is.
 */
final class ObjectForms {
    private static final int SRID_DIGITS = 8;
    private static final int TYPE_END = 5;
    private static final int SRID_FLAG = 0x2000_0000;
    private static final int GROUPS = 8;

    private ObjectForms() {}

    /** Hexadecimal digits of the source's form: SRID, then WKB. */
    static String geometryOfSource(String hex) {
        if (hex.length() < SRID_DIGITS) {
            return hex;
        }
        int srid = Integer.reverseBytes(Integer.parseUnsignedInt(hex.substring(0, SRID_DIGITS), 16));
        return geometry(srid, HexFormat.of().parseHex(hex, SRID_DIGITS, hex.length()));
    }

    /** Hexadecimal digits of EWKB, of which the SRID is optional. */
    static String geometryOfEwkb(String hex) {
        byte[] ewkb = HexFormat.of().parseHex(hex);
        if (ewkb.length < TYPE_END + Integer.BYTES) {
            return geometry(0, ewkb);
        }
        var order = ewkb[0] == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer from = ByteBuffer.wrap(ewkb).order(order);
        int type = from.getInt(1);
        if ((type & SRID_FLAG) == 0) {
            return geometry(0, ewkb);
        }
        ByteBuffer wkb = ByteBuffer.allocate(ewkb.length - Integer.BYTES).order(order);
        wkb.put(ewkb[0]).putInt(type & ~SRID_FLAG);
        wkb.put(ewkb, TYPE_END + Integer.BYTES, ewkb.length - TYPE_END - Integer.BYTES);
        return geometry(from.getInt(TYPE_END), wkb.array());
    }

    private static String geometry(int srid, byte[] wkb) {
        return wkb.length == 0 ? "" : Integer.toUnsignedString(srid) + "/" + TextForms.ofBytes(wkb);
    }

    /** Hexadecimal digits of single precision numbers, little-endian. */
    static String vectorOfSource(String hex) {
        ByteBuffer numbers = ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.LITTLE_ENDIAN);
        var text = new StringJoiner(",", "[", "]");
        while (numbers.remaining() >= Float.BYTES) {
            text.add(Float.toString(numbers.getFloat()));
        }
        return text.toString();
    }

    /** PostgreSQL's text: {@code {1,2}} of an array, {@code [1,2]} of a vector. */
    static String vector(String plain) {
        var text = new StringJoiner(",", "[", "]");
        String numbers = plain.substring(1, plain.length() - 1);
        if (!numbers.isEmpty()) {
            for (String number : numbers.split(",", -1)) {
                text.add(Float.toString(Float.parseFloat(number)));
            }
        }
        return text.toString();
    }

    /** The servers do not shorten IPv6 addresses alike. */
    static String address(String text) {
        if (text.indexOf(':') < 0) {
            return text;
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text);
        }
        String head = groups(text.substring(0, gap));
        String tail = groups(text.substring(gap + 2));
        return head + "0000".repeat(Math.max(0, GROUPS - (head.length() + tail.length()) / 4)) + tail;
    }

    private static String groups(String text) {
        var digits = new StringBuilder();
        if (!text.isEmpty()) {
            for (String group : text.split(":", -1)) {
                digits.append(
                        group.indexOf('.') < 0 ? "0".repeat(Math.max(0, 4 - group.length())) + group : dotted(group));
            }
        }
        return digits.toString();
    }

    private static String dotted(String address) {
        var digits = new StringBuilder();
        for (String number : address.split("\\.", -1)) {
            digits.append(String.format(java.util.Locale.ROOT, "%02x", Integer.parseInt(number)));
        }
        return digits.toString();
    }
}
