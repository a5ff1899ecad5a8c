package io.kameleon.reader.value;

import io.kameleon.schemas.row.ColumnShape;
import io.kameleon.schemas.row.RowSchemas;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/** Reads row records with Avro's own reader, and gives values that compare: long, float, double, BigDecimal, String; bytes as hex. */
final class AvroRows {
    private AvroRows() {}

    static GenericRecord read(Schema schema, byte[] encoded) {
        try {
            var decoder = DecoderFactory.get().binaryDecoder(encoded, null);
            GenericRecord row = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new AssertionError("bytes behind the record");
            }
            return row;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Object value(GenericRecord row, int field) {
        Object value = row.get(field);
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof ByteBuffer bytes) {
            return ofBytes(row.getSchema().getFields().get(field), bytes);
        }
        if (value instanceof GenericRecord geometry) {
            ByteBuffer wkb = (ByteBuffer) geometry.get("wkb");
            return geometry.get("srid") + "/" + HexFormat.of().formatHex(wkb.array(), 0, wkb.limit());
        }
        if (value instanceof List<?> floats) {
            return List.copyOf(floats);
        }
        return value instanceof CharSequence text ? text.toString() : value;
    }

    private static Object ofBytes(Schema.Field field, ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        if (!field.getProp(RowSchemas.SHAPE_PROPERTY).equals(ColumnShape.DECIMAL.name())) {
            return HexFormat.of().formatHex(bytes);
        }
        Schema type = field.schema().isUnion() ? field.schema().getTypes().get(1) : field.schema();
        int scale = ((LogicalTypes.Decimal) LogicalTypes.fromSchemaIgnoreInvalid(type)).getScale();
        var unscaled = new BigInteger(bytes);
        if (unscaled.toByteArray().length != bytes.length) {
            throw new AssertionError("a decimal that is not of minimal length");
        }
        return new BigDecimal(unscaled, scale);
    }
}
