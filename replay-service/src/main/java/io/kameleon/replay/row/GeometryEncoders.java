package io.kameleon.replay.row;

import io.kameleon.schemas.wire.AvroInput;
import java.util.HexFormat;

/**
 * From WKB and SRID to EWKB, PostGIS's form: the type's number has a flag when the SRID stands behind it, which is where it is not 0
 * (F62). {@code bytea} gets the same bytes, so that {@code ST_GeomFromEWKB} reads it when PostGIS comes later.
 */
final class GeometryEncoders {
    private static final int SRID_FLAG = 0x2000_0000;
    private static final int TYPE_END = 5;
    /** PostGIS's SRID_MAXIMUM: it would take a greater one for another system. */
    private static final int SRID_MAX = 999_999;

    private GeometryEncoders() {}

    /** @return null when the type cannot hold geometries */
    static ValueEncoder of(PgType type, Place place) {
        return switch (type) {
            case GEOMETRY -> (in, out) -> writePostgis(in, out, place);
            case BYTEA -> (in, out) -> write(in, out, place);
            case TEXT ->
                (in, out) -> {
                    var ewkb = new PgBuffer(256);
                    write(in, ewkb, place);
                    byte[] sized = ewkb.toByteArray();
                    out.writeText(HexFormat.of().withUpperCase().formatHex(sized, Integer.BYTES, sized.length));
                };
            default -> null;
        };
    }

    private static void writePostgis(AvroInput in, PgBuffer out, Place place) {
        int length = in.readLength();
        int at = in.skip(length);
        int srid = readSrid(in);
        if (length == 0) {
            throw place.malformed("A geometry is empty, not even an empty collection");
        }
        if (srid < 0 || srid > SRID_MAX) {
            throw place.outOfRange();
        }
        writeEwkb(in.buffer(), at, length, srid, out, place);
    }

    private static void write(AvroInput in, PgBuffer out, Place place) {
        int length = in.readLength();
        int at = in.skip(length);
        int srid = readSrid(in);
        if (length == 0) {
            out.writeInt(0);
            return;
        }
        writeEwkb(in.buffer(), at, length, srid, out, place);
    }

    private static int readSrid(AvroInput in) {
        return RowImage.isNullBranch(in) ? 0 : in.readInt();
    }

    private static void writeEwkb(byte[] wkb, int at, int length, int srid, PgBuffer out, Place place) {
        if (length < TYPE_END || wkb[at] != 0 && wkb[at] != 1) {
            throw place.malformed("A geometry is not WKB");
        }
        if (srid == 0) {
            out.writeInt(length);
            out.writeRaw(wkb, at, length);
            return;
        }
        boolean littleEndian = wkb[at] == 1;
        out.writeInt(length + Integer.BYTES);
        out.writeByte(wkb[at]);
        out.writeInt(ordered(type(wkb, at, littleEndian) | SRID_FLAG, littleEndian));
        out.writeInt(ordered(srid, littleEndian));
        out.writeRaw(wkb, at + TYPE_END, length - TYPE_END);
    }

    private static int type(byte[] wkb, int at, boolean littleEndian) {
        int bigEndian = wkb[at + 1] << 24 | (wkb[at + 2] & 0xFF) << 16 | (wkb[at + 3] & 0xFF) << 8 | wkb[at + 4] & 0xFF;
        return ordered(bigEndian, littleEndian);
    }

    private static int ordered(int value, boolean littleEndian) {
        return littleEndian ? Integer.reverseBytes(value) : value;
    }
}
