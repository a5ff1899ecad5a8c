package io.kameleon.replay.row;

import io.kameleon.schemas.wire.AvroInput;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** From Avro {@code string} (text, ENUM, SET, JSON) and {@code bytes}. */
final class TextEncoders {
    private static final int JSONB_VERSION = 1;
    private static final int UUID_BYTES = 16;
    private static final int UUID_DIGITS = 36;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private TextEncoders() {}

    /** @return null when the type cannot hold text */
    static ValueEncoder ofText(PgType type, ConversionPolicy policy, Place place) {
        var nul = new NulFilter(policy, place);
        return switch (type) {
            case TEXT ->
                (in, out) -> {
                    int length = in.readLength();
                    int start = out.beginValue();
                    nul.writeText(in.buffer(), in.skip(length), length, out);
                    out.endValue(start);
                };
            case JSON ->
                (in, out) -> {
                    int length = in.readLength();
                    int start = out.beginValue();
                    nul.writeJson(in.buffer(), in.skip(length), length, out);
                    out.endValue(start);
                };
            case JSONB ->
                (in, out) -> {
                    int length = in.readLength();
                    int start = out.beginValue();
                    out.writeByte(JSONB_VERSION);
                    nul.writeJson(in.buffer(), in.skip(length), length, out);
                    out.endValue(start);
                };
            case BYTEA -> TextEncoders::copy;
            case UUID -> (in, out) -> writeUuid(in, out, place);
            default -> null;
        };
    }

    /** @return null when the type cannot hold a UUID */
    static ValueEncoder ofUuid(PgType type, Place place) {
        return switch (type) {
            case UUID, BYTEA -> (in, out) -> writeUuid(in, out, place);
            case TEXT -> TextEncoders::copy;
            default -> null;
        };
    }

    /** @return null when the type cannot hold bytes */
    static ValueEncoder ofBytes(PgType type, BytesForm form, Place place) {
        return switch (type) {
            case BYTEA ->
                switch (form) {
                    case RAW -> TextEncoders::copy;
                    case HEX -> TextEncoders::writeHex;
                };
            case TEXT -> (in, out) -> out.writeText("\\x" + HexFormat.of().formatHex(in.readBytes()));
            case UUID ->
                (in, out) -> {
                    int length = in.readLength();
                    if (length != UUID_BYTES) {
                        throw place.malformed("A binary UUID has " + length + " bytes instead of 16");
                    }
                    out.writeInt(length);
                    out.writeRaw(in.buffer(), in.skip(length), length);
                };
            default -> null;
        };
    }

    /**
     * Labels joined by commas become an array of text; labels of a SET hold no comma (MySQL manual, "The SET Type").
     *
     * @return null when the type cannot hold a set
     */
    static ValueEncoder ofSet(PgType type, int elementType, ConversionPolicy policy, Place place) {
        if (type != PgType.TEXT_ARRAY) {
            return ofText(type, policy, place);
        }
        var nul = new NulFilter(policy, place);
        return (in, out) -> {
            int length = in.readLength();
            writeArray(in.buffer(), in.skip(length), length, elementType, nul, out);
        };
    }

    private static void writeArray(byte[] source, int from, int length, int elementType, NulFilter nul, PgBuffer out) {
        int start = out.beginValue();
        out.writeInt(length == 0 ? 0 : 1); // dimensions
        out.writeInt(0); // no null among the elements
        out.writeInt(elementType);
        if (length > 0) {
            int countAt = out.size();
            out.writeInt(0);
            out.writeInt(1); // lower bound
            out.setInt(countAt, writeElements(source, from, from + length, nul, out));
        }
        out.endValue(start);
    }

    private static int writeElements(byte[] source, int from, int to, NulFilter nul, PgBuffer out) {
        int count = 0;
        int label = from;
        for (int i = from; i <= to; i++) {
            if (i == to || source[i] == ',') {
                int element = out.beginValue();
                nul.writeText(source, label, i - label, out);
                out.endValue(element);
                label = i + 1;
                count++;
            }
        }
        return count;
    }

    private static void writeHex(AvroInput in, PgBuffer out) {
        int length = in.readLength();
        int at = in.skip(length);
        int start = out.beginValue();
        for (int i = at; i < at + length; i++) {
            out.writeByte(HEX[in.buffer()[i] >> 4 & 0xF]);
            out.writeByte(HEX[in.buffer()[i] & 0xF]);
        }
        out.endValue(start);
    }

    private static void copy(AvroInput in, PgBuffer out) {
        int length = in.readLength();
        out.writeInt(length);
        out.writeRaw(in.buffer(), in.skip(length), length);
    }

    private static void writeUuid(AvroInput in, PgBuffer out, Place place) {
        int length = in.readLength();
        String text = new String(in.buffer(), in.skip(length), length, StandardCharsets.US_ASCII);
        String digits = text.replace("-", "");
        if (length > UUID_DIGITS || digits.length() != 2 * UUID_BYTES || !digits.matches("[0-9a-fA-F]{32}")) {
            throw place.malformed("A text is not a UUID");
        }
        out.writeInt(UUID_BYTES);
        out.writeRaw(HexFormat.of().parseHex(digits), 0, UUID_BYTES);
    }
}
