package io.kameleon.replay.row;

import io.kameleon.replay.row.DestinationTable.ValueType;

/** The binary formats that values can be encoded in. Built-in oids are fixed (PostgreSQL's {@code pg_type.dat}). */
enum PgType {
    INT2,
    INT4,
    INT8,
    NUMERIC,
    FLOAT4,
    FLOAT8,
    BOOL,
    BIT,
    VARBIT,
    /** text, varchar, bpchar, citext and enums: the UTF-8 bytes. */
    TEXT,
    JSON,
    JSONB,
    BYTEA,
    DATE,
    TIME,
    TIMESTAMP,
    TIMESTAMPTZ,
    INTERVAL,
    TEXT_ARRAY,
    UUID,
    INET,
    FLOAT4_ARRAY,
    FLOAT8_ARRAY,
    /** PostGIS's. */
    GEOMETRY,
    /** pgvector's. */
    VECTOR,
    /** Anything else. */
    OTHER;

    static PgType of(ValueType type) {
        if (type.kind() == 'e' || type.name().equals("citext")) {
            return TEXT;
        }
        return switch (type.oid()) {
            case 16 -> BOOL;
            case 17 -> BYTEA;
            case 20 -> INT8;
            case 21 -> INT2;
            case 23 -> INT4;
            case 25, 1042, 1043 -> TEXT;
            case 114 -> JSON;
            case 700 -> FLOAT4;
            case 701 -> FLOAT8;
            case 1009, 1014, 1015 -> TEXT_ARRAY;
            case 1082 -> DATE;
            case 1083 -> TIME;
            case 1114 -> TIMESTAMP;
            case 1184 -> TIMESTAMPTZ;
            case 1186 -> INTERVAL;
            case 1560 -> BIT;
            case 1562 -> VARBIT;
            case 1700 -> NUMERIC;
            case 869 -> INET;
            case 1021 -> FLOAT4_ARRAY;
            case 1022 -> FLOAT8_ARRAY;
            case 2950 -> UUID;
            case 3802 -> JSONB;
            default -> ofExtension(type.name());
        };
    }

    private static PgType ofExtension(String name) {
        return switch (name) {
            case "geometry" -> GEOMETRY;
            case "vector" -> VECTOR;
            default -> OTHER;
        };
    }
}
