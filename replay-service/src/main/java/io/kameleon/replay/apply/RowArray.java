package io.kameleon.replay.apply;

import io.kameleon.replay.apply.BinaryStatements.BinaryParameter;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.row.PgBuffer;
import io.kameleon.replay.row.RowEncoder;
import io.kameleon.replay.row.RowImage;

/** Builds a binary array of a table's row type, element by element. Reused; one thread only. */
final class RowArray {
    private static final int INT4_ARRAY = 1007;
    private static final int INT4 = 23;
    private static final int COUNT_AT = 12;

    private final PgBuffer out = new PgBuffer(8192);
    private DestinationTable table;
    private int count;

    void begin(DestinationTable destination) {
        table = destination;
        count = 0;
        out.reset();
        header(out, destination.rowType());
    }

    void add(RowEncoder encoder, RowImage image) {
        encoder.element(image, out);
        count++;
    }

    int count() {
        return count;
    }

    int bytes() {
        return out.size();
    }

    BinaryParameter finish() {
        out.setInt(COUNT_AT, count);
        return new BinaryParameter(out.toByteArray(), table.rowArrayType());
    }

    /** An {@code int4[]}. */
    static BinaryParameter ints(int[] values, int length) {
        var ints = new PgBuffer(20 + length * 8);
        header(ints, INT4);
        for (int i = 0; i < length; i++) {
            ints.writeInt(Integer.BYTES);
            ints.writeInt(values[i]);
        }
        ints.setInt(COUNT_AT, length);
        return new BinaryParameter(ints.toByteArray(), INT4_ARRAY);
    }

    private static void header(PgBuffer buffer, int elementType) {
        buffer.writeInt(1); // dimensions
        buffer.writeInt(0); // no null among the elements
        buffer.writeInt(elementType);
        buffer.writeInt(0); // element count, set at the end
        buffer.writeInt(1); // lower bound
    }
}
