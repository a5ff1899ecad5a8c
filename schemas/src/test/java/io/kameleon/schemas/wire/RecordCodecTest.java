package io.kameleon.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.record.ProgressRecord;
import io.kameleon.schemas.record.StateKey;
import io.kameleon.schemas.record.StateKind;
import io.kameleon.schemas.record.TableCountRecord;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    private static final StateKey KEY = new StateKey(StateKind.TABLE, "shop", "orders");

    private final InMemorySchemaIds schemaIds = new InMemorySchemaIds();
    private final RecordCodec<StateKey> keys = new RecordCodec<>(schemaIds, "state", StateKey.class);

    @Test
    void aRecordReadsBackFromTheWireFormat() {
        byte[] bytes = keys.encode(KEY);
        assertThat(WireFormat.readId(bytes)).isEqualTo(1);
        assertThat(keys.decode(bytes)).isEqualTo(KEY);
        assertThat(keys.isOfThisType(bytes)).isTrue();
    }

    @Test
    void equalKeysAreEqualBytes() {
        assertThat(keys.encode(new StateKey(StateKind.TABLE, "shop", "orders"))).isEqualTo(keys.encode(KEY));
    }

    @Test
    void fieldsThatAnOlderWriterLackedTakeTheirDefault() {
        var counts = ProgressRecord.newBuilder()
                .setSource("shop")
                .setSide(io.kameleon.schemas.record.Side.READ)
                .setTsMs(1)
                .setFile("binlog.000001")
                .setPos(4)
                .setGtid("")
                .setNextOffset(7)
                .setErrorMessage("last")
                .build();
        Schema older = without(ProgressRecord.getClassSchema(), "error_message");
        int id = schemaIds.register("progress", older);
        var codec = new RecordCodec<>(schemaIds, "progress", ProgressRecord.class);
        byte[] newer = codec.encode(counts);
        assertThat(codec.decode(newer)).isEqualTo(counts);

        var out = new AvroOutput(64);
        WireFormat.writeHeader(out, id);
        counts.setErrorMessage(null);
        byte[] whole = codec.encode(counts);
        out.writeRaw(whole, WireFormat.HEADER_LENGTH, whole.length - WireFormat.HEADER_LENGTH - 1);
        assertThat(codec.decode(out.toByteArray())).isEqualTo(counts);
    }

    private static Schema without(Schema schema, String field) {
        Schema copy = Schema.createRecord(schema.getName(), null, schema.getNamespace(), false);
        copy.setFields(schema.getFields().stream()
                .filter(f -> !f.name().equals(field))
                .map(f -> new Schema.Field(f, f.schema()))
                .toList());
        return copy;
    }

    @Test
    void whateverIsCutOrAddedIsATypedError() {
        byte[] bytes = keys.encode(KEY);
        for (int length = 0; length < bytes.length; length++) {
            requireMalformed(Arrays.copyOf(bytes, length));
        }
        requireMalformed(Arrays.copyOf(bytes, bytes.length + 1));
    }

    @Test
    void anotherTypeIsATypedError() {
        var codec = new RecordCodec<>(schemaIds, "state", TableCountRecord.class);
        byte[] count = codec.encode(new TableCountRecord("shop", "orders", 1L, 2L, 3L, 0L, 0L));
        assertThat(keys.isOfThisType(count)).isFalse();
        requireMalformed(count);
    }

    @Test
    void anotherFormatIsATypedError() {
        assertThatThrownBy(() -> WireFormat.readId("{\"json\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .hasMessage("RECORD_MALFORMED: A record of 10 bytes does not begin with the schema registry's frame."
                        + " Check what else writes to the topic.");
    }

    @Test
    void idsOfAllSizesSurviveTheHeader() {
        for (int id : new int[] {0, 1, 255, 256, 65_536, 0x01020304, Integer.MAX_VALUE}) {
            var out = new AvroOutput(1);
            WireFormat.writeHeader(out, id);
            assertThat(out.size()).isEqualTo(WireFormat.HEADER_LENGTH);
            assertThat(WireFormat.readId(out.toByteArray())).isEqualTo(id);
        }
    }

    private void requireMalformed(byte[] bytes) {
        assertThatThrownBy(() -> keys.decode(bytes))
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RECORD_MALFORMED));
    }
}
