package io.kameleon.reader.binlog;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Puts the bytes of an event's body together. */
final class BinlogBody {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A TABLE_MAP of table 7, {@code shop.items}, every column nullable. */
    static byte[] tableMap(int[] types, String metadataHex, String optionalHex) {
        var body = new BinlogBody()
                .hex("070000000000 0100")
                .name("shop")
                .name("items")
                .hex(two(types.length));
        for (int type : types) {
            body.hex(two(type));
        }
        String metadata = metadataHex.replace(" ", "");
        return body.hex(two(metadata.length() / 2))
                .hex(metadata)
                .hex("ff".repeat((types.length + 7) / 8))
                .hex(optionalHex)
                .toByteArray();
    }

    /** A rows event of version 2 for table 7 whose columns are all present. */
    static byte[] rows(RowsKind kind, int columns, String rowsHex) {
        String present = presentBitmap(columns);
        return new BinlogBody()
                .hex("070000000000 0100 0200" + two(columns))
                .hex(present)
                .hex(kind == RowsKind.UPDATE ? present : "")
                .hex(rowsHex)
                .toByteArray();
    }

    private static String presentBitmap(int columns) {
        var bitmap = new StringBuilder();
        for (int left = columns; left > 0; left -= 8) {
            bitmap.append(two((1 << Math.min(left, 8)) - 1));
        }
        return bitmap.toString();
    }

    static String two(int b) {
        return HexFormat.of().toHexDigits((byte) b);
    }

    BinlogBody hex(String hex) {
        bytes.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
        return this;
    }

    BinlogBody name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        bytes.write(utf8.length);
        bytes.writeBytes(utf8);
        bytes.write(0);
        return this;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
