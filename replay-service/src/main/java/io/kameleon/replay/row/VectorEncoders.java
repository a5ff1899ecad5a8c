package io.kameleon.replay.row;

import io.kameleon.schemas.wire.AvroInput;

/** From an Avro array of {@code float}. */
final class VectorEncoders {
    private static final int FLOAT4_OID = 700;
    private static final int FLOAT8_OID = 701;

    private VectorEncoders() {}

    /** @return null when the type cannot hold vectors */
    static ValueEncoder of(PgType type) {
        return switch (type) {
            case FLOAT4_ARRAY -> VectorEncoders::writeFloat4s;
            case FLOAT8_ARRAY -> VectorEncoders::writeFloat8s;
            case VECTOR -> VectorEncoders::writeVector;
            case TEXT -> (in, out) -> out.writeText(text(in));
            default -> null;
        };
    }

    private static void writeFloat4s(AvroInput in, PgBuffer out) {
        int start = out.beginValue();
        int items = beginArray(in, out, FLOAT4_OID);
        for (int i = 0; i < items; i++) {
            FloatEncoders.writeFloat4(out, in.readFloat());
        }
        out.endValue(start);
    }

    private static void writeFloat8s(AvroInput in, PgBuffer out) {
        int start = out.beginValue();
        int items = beginArray(in, out, FLOAT8_OID);
        for (int i = 0; i < items; i++) {
            FloatEncoders.writeFloat8(out, in.readFloat());
        }
        out.endValue(start);
    }

    private static int beginArray(AvroInput in, PgBuffer out, int elementType) {
        int items = in.readItems(Float.BYTES);
        out.writeInt(items == 0 ? 0 : 1); // dimensions
        out.writeInt(0); // no null among the elements
        out.writeInt(elementType);
        if (items > 0) {
            out.writeInt(items);
            out.writeInt(1); // lower bound
        }
        return items;
    }

    /** pgvector's {@code vector_send}: dimensions, two bytes of no use, numbers. */
    private static void writeVector(AvroInput in, PgBuffer out) {
        int start = out.beginValue();
        int items = in.readItems(Float.BYTES);
        out.writeShort(items);
        out.writeShort(0);
        for (int i = 0; i < items; i++) {
            out.writeInt(Float.floatToRawIntBits(in.readFloat()));
        }
        out.endValue(start);
    }

    private static String text(AvroInput in) {
        int items = in.readItems(Float.BYTES);
        var text = new StringBuilder("[");
        for (int i = 0; i < items; i++) {
            text.append(i == 0 ? "" : ",").append(FloatEncoders.readable(Float.toString(in.readFloat())));
        }
        return text.append(']').toString();
    }
}
