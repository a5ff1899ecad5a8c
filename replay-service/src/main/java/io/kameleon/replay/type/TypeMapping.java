package io.kameleon.replay.type;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.type.PostgresType.Family;
import io.kameleon.schemas.row.ColumnShape;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Which PostgreSQL type holds a column of the source: the first matching {@link TypeOverride}, else the {@link Profile}.
 *
 * <p>The same mapping serves the initial copy and the stream, so that both make the same structure (F60). Immutable.
 */
public final class TypeMapping {
    /** PostgreSQL's NAMEDATALEN - 1: the bytes that a label of an enum type may have. */
    private static final int LABEL_BYTES_MAX = 63;
    /** pgvector's VECTOR_MAX_DIM; MySQL goes to 16,383. */
    private static final int PGVECTOR_DIMENSIONS_MAX = 16_000;

    private final Profile profile;
    private final List<TypeOverride> overrides;
    private final DestinationExtensions extensions;

    /** A complete set of default mappings. */
    @FunctionalInterface
    public interface Profile {
        /** Every value of the source fits, with its meaning (F52, F54, F55, F58, F63). */
        Profile LOSSLESS = TypeMapping::lossless;
        /** pg_chameleon's own types, narrower than some values (F52, F54, F55): those are refused, never changed. */
        Profile PG_CHAMELEON = ChameleonTypes::map;

        PostgresType map(ColumnType type, DestinationExtensions extensions);
    }

    /** For a destination without extensions; see {@link #on}. */
    public TypeMapping(Profile profile, List<TypeOverride> overrides) {
        this(profile, overrides, DestinationExtensions.NONE);
    }

    private TypeMapping(Profile profile, List<TypeOverride> overrides, DestinationExtensions extensions) {
        this.profile = requireNonNull(profile, "profile");
        this.overrides = List.copyOf(overrides);
        this.extensions = requireNonNull(extensions, "extensions");
    }

    /** The same mapping on a destination that may have types of its own for geometries and vectors. */
    public TypeMapping on(DestinationExtensions found) {
        return new TypeMapping(profile, overrides, found);
    }

    /** The lossless defaults without overrides. */
    public static TypeMapping lossless() {
        return new TypeMapping(Profile.LOSSLESS, List.of());
    }

    public PostgresType map(TableId table, ColumnDefinition column) {
        for (TypeOverride override : overrides) {
            if (override.applies(table, column.type())) {
                return PostgresType.named(override.target());
            }
        }
        return profile.map(column.type(), extensions);
    }

    private static PostgresType lossless(ColumnType type, DestinationExtensions extensions) {
        return switch (type.kind()) {
            case TINYINT, YEAR -> PostgresType.plain(Family.SMALLINT, "smallint");
            case SMALLINT ->
                type.unsigned()
                        ? PostgresType.plain(Family.INTEGER, "integer")
                        : PostgresType.plain(Family.SMALLINT, "smallint");
            case MEDIUMINT -> PostgresType.plain(Family.INTEGER, "integer");
            case INT ->
                type.unsigned()
                        ? PostgresType.plain(Family.BIGINT, "bigint")
                        : PostgresType.plain(Family.INTEGER, "integer");
            case BIGINT -> type.unsigned() ? PostgresType.numeric(20, 0) : PostgresType.plain(Family.BIGINT, "bigint");
            case DECIMAL -> PostgresType.numeric(ColumnShape.decimalPrecision(type), ColumnShape.decimalScale(type));
            case FLOAT -> PostgresType.plain(Family.REAL, "real");
            case DOUBLE -> PostgresType.plain(Family.DOUBLE, "double precision");
            case BIT -> PostgresType.sized(Family.BIT, "bit", Math.max(type.length(), 1));
            // PostgreSQL has no varchar(0); CHAR(0) holds nothing but the empty string.
            case CHAR -> PostgresType.sized(Family.VARCHAR, "varchar", Math.max(type.length(), 1));
            case VARCHAR -> PostgresType.sized(Family.VARCHAR, "varchar", Math.max(type.length(), 1));
            case TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT -> PostgresType.plain(Family.TEXT, "text");
            case BINARY, VARBINARY, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB -> PostgresType.plain(Family.BYTEA, "bytea");
            case DATE -> PostgresType.plain(Family.DATE, "date");
            case DATETIME -> PostgresType.sized(Family.TIMESTAMP, "timestamp", type.fractionDigits());
            case TIMESTAMP -> PostgresType.sized(Family.TIMESTAMPTZ, "timestamptz", type.fractionDigits());
            case TIME -> PostgresType.sized(Family.INTERVAL, "interval", type.fractionDigits());
            case ENUM -> enumType(type.labels());
            case SET -> PostgresType.plain(Family.TEXT_ARRAY, "text[]");
            case JSON -> PostgresType.plain(Family.JSONB, "jsonb");
            case GEOMETRY -> geometry(type, extensions);
            case VECTOR -> vector(type, extensions);
            case UUID -> PostgresType.plain(Family.UUID, "uuid");
            case INET4, INET6 -> PostgresType.plain(Family.INET, "inet");
        };
    }

    /** PostGIS's type with the column's subtype; without PostGIS the same bytes, EWKB, as {@code bytea} (F62). */
    static PostgresType geometry(ColumnType type, DestinationExtensions extensions) {
        if (extensions.postgis().isEmpty()) {
            return PostgresType.plain(Family.BYTEA, "bytea");
        }
        String name = DestinationTable.quote(extensions.postgis().get()) + ".geometry";
        String subtype =
                switch (type.declared()) {
                    case "point" -> "(Point)";
                    case "linestring" -> "(LineString)";
                    case "polygon" -> "(Polygon)";
                    case "multipoint" -> "(MultiPoint)";
                    case "multilinestring" -> "(MultiLineString)";
                    case "multipolygon" -> "(MultiPolygon)";
                    case "geomcollection", "geometrycollection" -> "(GeometryCollection)";
                    default -> "";
                };
        return PostgresType.plain(Family.GEOMETRY, name + subtype);
    }

    /** A vector may have fewer dimensions than its column allows, so pgvector's type is not given a number of them. */
    private static PostgresType vector(ColumnType type, DestinationExtensions extensions) {
        boolean fits = type.length() <= PGVECTOR_DIMENSIONS_MAX;
        String name = extensions
                .pgvector()
                .map(s -> DestinationTable.quote(s) + ".vector")
                .orElse("real[]");
        return PostgresType.plain(Family.VECTOR, fits ? name : "real[]");
    }

    /**
     * A native type when it can hold every label, else checked text (F61). MySQL's invalid value 0 reads as the empty
     * string, so that label is always there: first, as 0 sorts first, unless it was declared elsewhere.
     */
    static PostgresType enumType(List<String> declared) {
        var labels = new ArrayList<String>(declared.size() + 1);
        if (!declared.contains("")) {
            labels.add("");
        }
        labels.addAll(declared);
        return isNativeEnum(labels) ? PostgresType.nativeEnum(labels) : PostgresType.checkedText(distinct(labels));
    }

    private static boolean isNativeEnum(List<String> labels) {
        return new HashSet<>(labels).size() == labels.size()
                && labels.stream().allMatch(l -> l.getBytes(UTF_8).length <= LABEL_BYTES_MAX && l.indexOf('\0') < 0);
    }

    private static List<String> distinct(List<String> labels) {
        return labels.stream().distinct().toList();
    }

    /** Bytes that BINARY(n) always has (F6); 0 for every other type. */
    public static int paddedBytes(ColumnType type) {
        return type.kind() == TypeKind.BINARY ? Math.max(type.length(), 1) : 0;
    }
}
