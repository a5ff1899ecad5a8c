package io.kameleon.replay.ddl;

import io.kameleon.replay.type.PostgresType;
import io.kameleon.replay.type.TypeMapping;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TypeKind;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The value that MySQL puts where there is none: into the old rows of a new NOT NULL column without a default, and in place
 * of the NULLs of a column that becomes NOT NULL. Seen on MySQL 9.7.
 */
final class ImplicitValue {
    private ImplicitValue() {}

    /** As a constant; empty for a type that only PostgreSQL knows. Zero dates are {@code -infinity} (F53). */
    static Optional<String> ofNull(ColumnDefinition column, PostgresType type) {
        return switch (type.family()) {
            case BOOLEAN -> Optional.of("false");
            case SMALLINT, INTEGER, BIGINT, NUMERIC, REAL, DOUBLE -> Optional.of("0");
            case BIT -> Optional.of(DefaultWriter.bits(BigInteger.ZERO, type.length()));
            case VARCHAR, TEXT, CHECKED_TEXT, ENUM -> Optional.of("''");
            case BYTEA -> Optional.of(SqlText.literal(new byte[TypeMapping.paddedBytes(column.type())]));
            case DATE, TIMESTAMP, TIMESTAMPTZ -> Optional.of("'-infinity'");
            case INTERVAL -> Optional.of("'0'");
            case TEXT_ARRAY -> Optional.of("'{}'");
            case JSONB -> Optional.of("'null'");
            case UUID -> Optional.of("'00000000-0000-0000-0000-000000000000'");
            case INET -> Optional.of(column.type().kind() == TypeKind.INET4 ? "'0.0.0.0'" : "'::'");
            case GEOMETRY, VECTOR, OTHER -> Optional.empty();
        };
    }

    /** Like {@link #ofNull}, but for ENUM, whose implicit default is the first label. */
    static Optional<String> ofNewColumn(ColumnDefinition column, PostgresType type) {
        boolean labelled = column.type().kind() == TypeKind.ENUM
                && !column.type().labels().isEmpty()
                && !type.labels().isEmpty();
        return labelled ? Optional.of(SqlText.literal(column.type().labels().get(0))) : ofNull(column, type);
    }
}
