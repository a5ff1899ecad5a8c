package io.kameleon.replay.row;

import static io.kameleon.replay.row.TestTable.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.row.ColumnShape;
import io.kameleon.schemas.row.RowSchemas;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import io.kameleon.schemas.wire.AvroInput;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class RowRecordTest {
    private static final TestTable TABLE = TestTable.of(
            "t",
            List.of("id"),
            column("id", TypeKind.INT, 0, false),
            column("na me", TypeKind.TEXT, 0, true),
            column("d", TypeKind.DOUBLE, 0, true),
            column("b", TypeKind.BIT, 9, false),
            column("at", TypeKind.DATETIME, 6, false));
    private static final Object[] BEFORE = {1, "x", 2.5, new byte[] {1, 0}, 7L};
    private static final Object[] AFTER = {1, null, null, new byte[] {1, 0}, null};

    @Test
    void formatComesFromTheSchemasAsTheRegistryReturnsThem() {
        RowSchemas schemas = TABLE.schemas();
        RowFormat format = RowFormat.of(
                new Schema.Parser().parse(schemas.envelope().toString()),
                new Schema.Parser().parse(schemas.key().toString()));
        assertThat(format.table()).isEqualTo(new TableId("shop", "t"));
        assertThat(format.fields())
                .containsExactly(
                        new RowField("id", ColumnShape.INT32, false, true, 0, 0),
                        new RowField("na me", ColumnShape.STRING, true, false, 0, 0),
                        new RowField("d", ColumnShape.FLOAT64, true, false, 0, 0),
                        new RowField("b", ColumnShape.BITS, false, true, 0, 9),
                        new RowField("at", ColumnShape.DATETIME_MICROS, true, true, 0, 0));
        assertThat(format.keyFields()).containsExactly(new RowField("id", ColumnShape.INT32, false, true, 0, 0));
    }

    @Test
    void imagesAreFoundInPlace() {
        var row = new RowRecord(TABLE.format()).parse(TABLE.update(BEFORE, AFTER));
        assertThat(row.operation()).isEqualTo(RowOperation.UPDATE);
        assertThat(row.sourceFile()).isEqualTo("binlog.000042");
        assertThat(row.sourcePosition()).isEqualTo(1730);
        assertThat(row.sourceMillis()).isEqualTo(1_700_000_000_000L);
        assertThat(row.before().value(1, new AvroInput()).readString()).isEqualTo("x");
        assertThat(row.before().value(2, new AvroInput()).readDouble()).isEqualTo(2.5);
        assertThat(row.after().isNull(1)).isTrue();
        assertThat(row.after().isNull(4)).isTrue();
        assertThat(row.after().sameValue(3, row.before())).isTrue();
        assertThat(row.after().sameValue(4, row.before())).isFalse();
    }

    @Test
    void recordIsReusedWithoutMemory() {
        var row = new RowRecord(TABLE.format());
        row.parse(TABLE.update(BEFORE, AFTER));
        row.parse(TABLE.delete(BEFORE));
        assertThat(row.after().isPresent()).isFalse();
        row.parse(TABLE.create(AFTER));
        assertThat(row.before().isPresent()).isFalse();
        assertThat(row.operation()).isEqualTo(RowOperation.CREATE);
    }

    @Test
    void unknownOperationsAndMissingImagesAreRefused() {
        assertMalformed(TABLE.envelope(BEFORE, AFTER, "t"));
        assertMalformed(TABLE.envelope(BEFORE, AFTER, ""));
        assertMalformed(TABLE.envelope(BEFORE, null, "u"));
        assertMalformed(TABLE.envelope(null, AFTER, "d"));
    }

    @Test
    void damagedBytesRaiseNothingButMalformed() {
        var random = new Random(42);
        byte[] sound = TABLE.update(BEFORE, AFTER);
        var row = new RowRecord(TABLE.format());
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = java.util.Arrays.copyOf(
                    sound, random.nextInt(8) == 0 ? random.nextInt(sound.length) : sound.length);
            for (int n = random.nextInt(3); n >= 0 && damaged.length > 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                row.parse(damaged);
            } catch (ReplicationException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.RECORD_MALFORMED);
            }
        }
    }

    @Test
    void schemasOfOthersAreRefused() {
        Schema foreign = new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"X\",\"fields\":[]}");
        assertThatThrownBy(() -> RowFormat.of(foreign, null))
                .hasMessage(
                        "RECORD_MALFORMED: Schema X is not a row image's envelope. Check what else writes to the topic.");
        String text = TABLE.schemas().envelope().toString().replace("\"server_id\"", "\"host_id\"");
        assertThatThrownBy(() -> RowFormat.of(new Schema.Parser().parse(text), null))
                .hasMessageContaining("has other fields than expected");
    }

    private static void assertMalformed(byte[] value) {
        assertThatThrownBy(() -> new RowRecord(TABLE.format()).parse(value))
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RECORD_MALFORMED));
    }
}
