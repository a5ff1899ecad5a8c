package io.kameleon.replay.type;

import io.kameleon.replay.type.PostgresType.Family;
import io.kameleon.schemas.row.ColumnShape;
import io.kameleon.schemas.table.ColumnType;

/** The types that pg_chameleon 2.0 gives; for those that it does not know, the lossless ones. */
final class ChameleonTypes {
    private ChameleonTypes() {}

    static PostgresType map(ColumnType type, DestinationExtensions extensions) {
        return switch (type.kind()) {
            case TINYINT, SMALLINT, INT, BIT, YEAR -> PostgresType.plain(Family.INTEGER, "integer");
            case MEDIUMINT, BIGINT -> PostgresType.plain(Family.BIGINT, "bigint");
            case DECIMAL -> PostgresType.numeric(ColumnShape.decimalPrecision(type), ColumnShape.decimalScale(type));
            case FLOAT, DOUBLE -> PostgresType.plain(Family.DOUBLE, "double precision");
            case CHAR -> PostgresType.sized(Family.VARCHAR, "character", Math.max(type.length(), 1));
            case VARCHAR -> PostgresType.sized(Family.VARCHAR, "character varying", Math.max(type.length(), 1));
            case TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT, SET -> PostgresType.plain(Family.TEXT, "text");
            // Not of the family BYTEA: what is in it are digits, so that no conversion or default of bytes is right.
            case BINARY, VARBINARY, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB -> PostgresType.plain(Family.OTHER, "bytea");
            case DATE -> PostgresType.plain(Family.DATE, "date");
            case DATETIME, TIMESTAMP -> PostgresType.plain(Family.TIMESTAMP, "timestamp without time zone");
            case TIME -> PostgresType.plain(Family.OTHER, "time without time zone");
            case JSON -> PostgresType.plain(Family.OTHER, "json");
            case ENUM, GEOMETRY, VECTOR, UUID, INET4, INET6 -> TypeMapping.Profile.LOSSLESS.map(type, extensions);
        };
    }
}
