package io.kameleon.reader.binlog;

import java.util.Locale;

/**
 * Type codes of a TABLE_MAP event: MySQL's {@code enum_field_types}, the subset that a stored column can have, and the size of
 * each one's metadata. MariaDB's own codes are the ones marked so.
 */
enum WireType {
    TINY(1, 0),
    SHORT(2, 0),
    LONG(3, 0),
    FLOAT(4, 1),
    DOUBLE(5, 1),
    /** Seconds, before MySQL 5.6 or with MariaDB's {@code mysql56_temporal_format=0}. */
    TIMESTAMP(7, 0),
    LONGLONG(8, 0),
    INT24(9, 0),
    DATE(10, 0),
    TIME(11, 0),
    DATETIME(12, 0),
    YEAR(13, 0),
    NEWDATE(14, 0),
    VARCHAR(15, 2),
    BIT(16, 2),
    TIMESTAMP2(17, 1),
    DATETIME2(18, 1),
    TIME2(19, 1),
    /** MariaDB: a column with {@code COMPRESSED}. */
    BLOB_COMPRESSED(140, 1),
    /** MariaDB: a column with {@code COMPRESSED}. */
    VARCHAR_COMPRESSED(141, 2),
    VECTOR(242, 1),
    JSON(245, 1),
    NEWDECIMAL(246, 2),
    ENUM(247, 2),
    SET(248, 2),
    TINY_BLOB(249, 1),
    MEDIUM_BLOB(250, 1),
    LONG_BLOB(251, 1),
    BLOB(252, 1),
    VAR_STRING(253, 2),
    STRING(254, 2),
    GEOMETRY(255, 1);

    private static final WireType[] BY_CODE = new WireType[256];

    static {
        for (WireType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final int metadataBytes;

    WireType(int code, int metadataBytes) {
        this.code = code;
        this.metadataBytes = metadataBytes;
    }

    /** Null for a code that no known server writes. */
    static WireType of(int code) {
        return BY_CODE[code];
    }

    int metadataBytes() {
        return metadataBytes;
    }

    /** Types that have a bit in the signedness metadata. */
    boolean isNumeric() {
        return switch (this) {
            case TINY, SHORT, INT24, LONG, LONGLONG, NEWDECIMAL, FLOAT, DOUBLE, YEAR -> true;
            default -> false;
        };
    }

    /** Types that have an entry in the character set metadata: strings, binary strings and blobs. */
    boolean isCharacter() {
        return switch (this) {
            case STRING,
                    VAR_STRING,
                    VARCHAR,
                    TINY_BLOB,
                    BLOB,
                    MEDIUM_BLOB,
                    LONG_BLOB,
                    BLOB_COMPRESSED,
                    VARCHAR_COMPRESSED -> true;
            default -> false;
        };
    }

    /** For messages: {@code varchar of 40 bytes}, {@code newdecimal(10,2)}. */
    String describe(int metadata) {
        String name = name().toLowerCase(Locale.ROOT);
        return switch (this) {
            case VARCHAR, VAR_STRING, STRING -> name + " of " + metadata + " bytes";
            case NEWDECIMAL -> "decimal(" + (metadata & 0xFF) + "," + (metadata >> 8) + ")";
            case BIT -> "bit(" + (8 * (metadata >> 8) + (metadata & 0xFF)) + ")";
            case TIMESTAMP2, DATETIME2, TIME2 -> name.substring(0, name.length() - 1) + "(" + metadata + ")";
            case TINY_BLOB, BLOB, MEDIUM_BLOB, LONG_BLOB -> "blob with " + metadata + " length bytes";
            case ENUM, SET -> name + " in " + metadata + " bytes";
            default -> name;
        };
    }
}
