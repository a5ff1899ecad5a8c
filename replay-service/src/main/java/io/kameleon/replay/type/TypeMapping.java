package io.kameleon.replay.type;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kameleon.replay.type.PostgresType.Family;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.row.ColumnShape;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Which PostgreSQL type holds a column of the source: the first matching {@link TypeOverride}, else the {@link Profile}.
 *
 * <p>The same mapping serves the initial copy and the stream, so that both make the same structure (F60). Immutable.
 */
public final class TypeMapping {
    /** PostgreSQL's NAMEDATALEN - 1: the bytes that a label of an enum type may have. */
    private static final int LABEL_BYTES_MAX = 63;

    private final Profile profile;
    private final List<TypeOverride> overrides;

    /** A complete set of default mappings. */
    @FunctionalInterface
    public interface Profile {
        /** Every value of the source fits, with its meaning (F52, F54, F55, F58, F63). */
        Profile LOSSLESS = TypeMapping::lossless;

        /** @throws ReplicationException TYPE_UNSUPPORTED for a type without a mapping */
        PostgresType map(ColumnDefinition column);
    }

    public TypeMapping(Profile profile, List<TypeOverride> overrides) {
        this.profile = profile;
        this.overrides = List.copyOf(overrides);
    }

    /** The lossless defaults without overrides. */
    public static TypeMapping lossless() {
        return new TypeMapping(Profile.LOSSLESS, List.of());
    }

    /** @throws ReplicationException TYPE_UNSUPPORTED for a type that is not replicated yet */
    public PostgresType map(TableId table, ColumnDefinition column) {
        for (TypeOverride override : overrides) {
            if (override.applies(table, column.type())) {
                return PostgresType.named(override.target());
            }
        }
        return profile.map(column);
    }

    private static PostgresType lossless(ColumnDefinition column) {
        ColumnType type = column.type();
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
            case GEOMETRY, VECTOR, UUID, INET4, INET6 -> throw unsupported(column);
        };
    }

    /**
     * A native type when it can hold every label, else checked text (F61). MySQL's invalid value 0 reads as the empty
     * string, so that label is always there: first, as 0 sorts first, unless it was declared elsewhere.
     */
    private static PostgresType enumType(List<String> declared) {
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

    private static ReplicationException unsupported(ColumnDefinition column) {
        return new ReplicationException(
                ErrorCode.TYPE_UNSUPPORTED,
                "Column '" + column.name() + "' has type " + column.type().declared() + ", which is not replicated yet",
                Map.of(),
                "Leave the table out with skip_tables.");
    }

    /** Bytes that BINARY(n) always has (F6); 0 for every other type. */
    public static int paddedBytes(ColumnType type) {
        return type.kind() == TypeKind.BINARY ? Math.max(type.length(), 1) : 0;
    }
}
