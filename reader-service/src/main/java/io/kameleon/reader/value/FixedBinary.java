package io.kameleon.reader.value;

import io.kameleon.schemas.table.TypeKind;
import io.kameleon.schemas.wire.AvroOutput;

/**
 * MariaDB's types of a fixed number of bytes, as text: UUID, INET4, INET6. Binlog and {@code CAST(c AS BINARY(n))} both give the
 * bytes in the order of the text, whatever the order on disk is; the binlog leaves trailing zero bytes out, as of BINARY (F6, F60).
 * Immutable.
 */
public enum FixedBinary {
    UUID(16) {
        @Override
        void format(byte[] bytes, AvroOutput text) {
            for (int i = 0; i < UUID.width; i++) {
                if (i == 4 || i == 6 || i == 8 || i == 10) {
                    text.writeRawByte('-');
                }
                text.writeRawByte(HEX[bytes[i] >> 4 & 0xF]);
                text.writeRawByte(HEX[bytes[i] & 0xF]);
            }
        }
    },
    INET4(4) {
        @Override
        void format(byte[] bytes, AvroOutput text) {
            InetText.write4(bytes, 0, text);
        }
    },
    INET6(16) {
        @Override
        void format(byte[] bytes, AvroOutput text) {
            InetText.write6(bytes, text);
        }
    };

    static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final int width;

    FixedBinary(int width) {
        this.width = width;
    }

    /** @throws IllegalArgumentException for a kind that is not one of these */
    public static FixedBinary of(TypeKind kind) {
        return switch (kind) {
            case UUID -> UUID;
            case INET4 -> INET4;
            case INET6 -> INET6;
            default -> throw new IllegalArgumentException(kind + " is no fixed binary type");
        };
    }

    /** Bytes of a value. */
    public int width() {
        return width;
    }

    /**
     * Writes a value as an Avro string.
     *
     * @param length of what is there; up to the type's width the rest is zero
     * @return false when it is longer than the type is wide
     */
    public boolean write(byte[] source, int from, int length, AvroOutput out, ValueScratch scratch) {
        if (length > width) {
            return false;
        }
        byte[] bytes = scratch.bytes(width);
        System.arraycopy(source, from, bytes, 0, length);
        java.util.Arrays.fill(bytes, length, width, (byte) 0);
        AvroOutput text = scratch.text();
        format(bytes, text);
        out.writeBytes(text.buffer(), 0, text.size());
        return true;
    }

    abstract void format(byte[] bytes, AvroOutput text);
}
