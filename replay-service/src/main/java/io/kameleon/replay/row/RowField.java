package io.kameleon.replay.row;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.row.ColumnShape;
import io.kameleon.schemas.row.RowSchemas;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * One field of a row record, as far as reading its bytes needs it.
 *
 * @param column   the column's name on the source
 * @param nullable the field is an Avro union with null
 * @param notNull  the column is NOT NULL on the source; with {@code nullable}, null then stands for a zero date (F53)
 * @param scale    DECIMAL: digits after the point; otherwise 0
 * @param bits     BITS: declared bits; BOOLEAN: 1; otherwise 0
 */
public record RowField(String column, ColumnShape shape, boolean nullable, boolean notNull, int scale, int bits) {
    public RowField {
        requireNonNull(column, "column");
        requireNonNull(shape, "shape");
    }

    /** @throws ReplicationException RECORD_MALFORMED when the field is not one that RowSchemas writes */
    static RowField of(Schema.Field field) {
        String column = field.getProp(RowSchemas.COLUMN_PROPERTY);
        String shapeName = field.getProp(RowSchemas.SHAPE_PROPERTY);
        if (column == null || shapeName == null) {
            throw malformed("Field '" + field.name() + "' of a row schema does not say its column and shape");
        }
        boolean nullable = field.schema().isUnion();
        Schema type = nullable ? valueBranch(field) : field.schema();
        ColumnShape shape = shape(column, shapeName);
        if (type.getType() != avroType(shape)) {
            throw malformed("Column '" + column + "' has shape " + shape + " but Avro type " + type.getType());
        }
        requireParts(column, shape, type);
        boolean notNull = Boolean.TRUE.equals(field.getObjectProp(RowSchemas.NOT_NULL_PROPERTY));
        return new RowField(column, shape, nullable, notNull, scale(column, shape, type), bits(column, shape, type));
    }

    /** How many bytes a value takes, or how to step over it. */
    Width width() {
        return switch (shape) {
            case INT16, INT32, INT64, DATE, YEAR, TIME_MICROS, DATETIME_MILLIS, DATETIME_MICROS -> Width.VARINT;
            case FLOAT32 -> Width.FOUR;
            case FLOAT64 -> Width.EIGHT;
            case BOOLEAN -> Width.ONE;
            case DECIMAL, BITS, STRING, BYTES, TIMESTAMP, ENUM, SET, JSON, UUID, INET -> Width.PREFIXED;
            case GEOMETRY -> Width.GEOMETRY;
            case VECTOR -> Width.FLOATS;
        };
    }

    /** Avro's ways to delimit a value. */
    enum Width {
        VARINT,
        ONE,
        FOUR,
        EIGHT,
        PREFIXED,
        /** A record of bytes and an optional integer. */
        GEOMETRY,
        /** An array of four bytes each. */
        FLOATS
    }

    /** What is read by position has to be what the contract says. */
    private static void requireParts(String column, ColumnShape shape, Schema type) {
        boolean expected =
                switch (shape) {
                    case GEOMETRY -> type.getFields().equals(RowSchemas.GEOMETRY.getFields());
                    case VECTOR -> type.getElementType().getType() == Schema.Type.FLOAT;
                    default -> true;
                };
        if (!expected) {
            throw malformed("Column '" + column + "' has shape " + shape + " but other parts than it");
        }
    }

    private static Schema valueBranch(Schema.Field field) {
        var branches = field.schema().getTypes();
        if (branches.size() != 2 || branches.get(0).getType() != Schema.Type.NULL) {
            throw malformed("Field '" + field.name() + "' of a row schema is a union other than [null, value]");
        }
        return branches.get(1);
    }

    private static ColumnShape shape(String column, String name) {
        for (ColumnShape shape : ColumnShape.values()) {
            if (shape.name().equals(name)) {
                return shape;
            }
        }
        throw malformed("Column '" + column + "' has the unknown shape " + name);
    }

    private static Schema.Type avroType(ColumnShape shape) {
        return switch (shape) {
            case INT16, INT32, DATE, YEAR -> Schema.Type.INT;
            case INT64, TIME_MICROS, DATETIME_MILLIS, DATETIME_MICROS -> Schema.Type.LONG;
            case FLOAT32 -> Schema.Type.FLOAT;
            case FLOAT64 -> Schema.Type.DOUBLE;
            case BOOLEAN -> Schema.Type.BOOLEAN;
            case DECIMAL, BITS, BYTES -> Schema.Type.BYTES;
            case STRING, TIMESTAMP, ENUM, SET, JSON, UUID, INET -> Schema.Type.STRING;
            case GEOMETRY -> Schema.Type.RECORD;
            case VECTOR -> Schema.Type.ARRAY;
        };
    }

    private static int scale(String column, ColumnShape shape, Schema type) {
        if (shape != ColumnShape.DECIMAL) {
            return 0;
        }
        if (LogicalTypes.fromSchemaIgnoreInvalid(type) instanceof LogicalTypes.Decimal decimal) {
            return decimal.getScale();
        }
        throw malformed("Column '" + column + "' is a decimal without precision and scale");
    }

    private static int bits(String column, ColumnShape shape, Schema type) {
        if (shape == ColumnShape.BOOLEAN) {
            return 1;
        }
        if (shape != ColumnShape.BITS) {
            return 0;
        }
        if (type.getObjectProp("connect.parameters") instanceof Map<?, ?> parameters
                && parameters.get("length") instanceof String length
                && length.matches("[0-9]{1,4}")) {
            return Integer.parseInt(length);
        }
        throw malformed("Column '" + column + "' is a bit field without a length");
    }

    private static ReplicationException malformed(String what) {
        return new ReplicationException(
                ErrorCode.RECORD_MALFORMED, what, Map.of(), "Check what else writes to the topic.");
    }
}
