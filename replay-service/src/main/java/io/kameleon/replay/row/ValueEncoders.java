package io.kameleon.replay.row;

import io.kameleon.replay.row.DestinationTable.Column;
import io.kameleon.schemas.error.ReplicationException;

/** Chooses the encoder for a column: the one table of which shape goes into which PostgreSQL type. */
final class ValueEncoders {
    private static final byte[] SQL_NULL = {-1, -1, -1, -1};

    private ValueEncoders() {}

    /** @throws ReplicationException TYPE_UNSUPPORTED when the combination makes no sense */
    static ValueEncoder of(RowField field, Column column, Place place, ConversionPolicy policy) {
        PgType type = PgType.of(column.valueType());
        ValueEncoder encoder =
                switch (field.shape()) {
                    case INT16, INT32, INT64, YEAR -> IntegerEncoders.of(type, place);
                    case DECIMAL -> DecimalEncoders.of(type, field.scale(), place);
                    case FLOAT32 -> FloatEncoders.ofFloat(type, place);
                    case FLOAT64 -> FloatEncoders.ofDouble(type, place);
                    case BOOLEAN -> BitEncoders.ofBoolean(type, column.typmod());
                    case BITS -> BitEncoders.ofBits(type, field.bits(), column.typmod(), place);
                    case STRING, ENUM, JSON -> TextEncoders.ofText(type, policy, place);
                    case SET -> TextEncoders.ofSet(type, column.valueType().elementType(), policy, place);
                    case BYTES -> TextEncoders.ofBytes(type, policy.values().bytes(), place);
                    case DATE -> TemporalEncoders.ofDate(type, policy.values().zeroDates(), place);
                    case TIME_MICROS -> TemporalEncoders.ofTime(type, place);
                    case DATETIME_MILLIS ->
                        TemporalEncoders.ofDatetime(type, 1000, policy.values().zeroDates(), place);
                    case DATETIME_MICROS ->
                        TemporalEncoders.ofDatetime(type, 1, policy.values().zeroDates(), place);
                    case TIMESTAMP ->
                        TemporalEncoders.ofTimestamp(type, policy.values().zeroDates(), place);
                    case GEOMETRY -> GeometryEncoders.of(type, place);
                    case VECTOR -> VectorEncoders.of(type);
                    case UUID -> TextEncoders.ofUuid(type, place);
                    case INET -> InetEncoders.of(type, place);
                };
        if (encoder == null) {
            throw place.unsupported(field.shape());
        }
        return encoder;
    }

    /** What null becomes, with its length: SQL's null, but the type's smallest value for a zero date (F53). */
    static byte[] nullForm(RowField field, Column column) {
        return isZeroDate(field) ? ZeroDates.least(PgType.of(column.valueType())) : SQL_NULL;
    }

    /** Null of a NOT NULL date column stands for a zero or partial date. */
    static boolean isZeroDate(RowField field) {
        return field.notNull() && field.shape().alwaysNullable();
    }
}
