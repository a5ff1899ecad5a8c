package io.kameleon.reader.value;

import io.kameleon.schemas.wire.AvroOutput;

/**
 * Geometries as both servers store and send them: SRID in four bytes, little-endian, then WKB. Its coordinates are in the order x, y,
 * which for a geographic system is longitude, latitude, whatever order the server's functions show. Stateless.
 */
public final class Geometries {
    private static final int SRID_BYTES = 4;
    private static final int SRID_BRANCH = 1;

    private Geometries() {}

    /**
     * Writes a value as the record of {@code RowSchemas.GEOMETRY}. MariaDB gives old rows of a new NOT NULL column no bytes at all:
     * that is no WKB and SRID 0.
     *
     * @return false when the bytes are too few
     */
    public static boolean write(byte[] source, int from, int length, AvroOutput out) {
        if (length > 0 && length < SRID_BYTES) {
            return false;
        }
        int prefix = length == 0 ? 0 : SRID_BYTES;
        out.writeBytes(source, from + prefix, length - prefix);
        out.writeBranch(SRID_BRANCH);
        out.writeInt(prefix == 0 ? 0 : srid(source, from));
        return true;
    }

    private static int srid(byte[] source, int from) {
        return source[from] & 0xFF
                | (source[from + 1] & 0xFF) << 8
                | (source[from + 2] & 0xFF) << 16
                | source[from + 3] << 24;
    }
}
