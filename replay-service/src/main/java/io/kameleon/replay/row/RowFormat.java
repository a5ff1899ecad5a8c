package io.kameleon.replay.row;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.row.RowSchemas;
import io.kameleon.schemas.table.TableId;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * What the bytes of one table version mean: made once per schema of a topic, then read by {@link RowRecord}.
 *
 * @param table     the table on the source
 * @param fields    of {@code before} and {@code after}, in the order of the bytes
 * @param keyFields of the record's key, in the order of the bytes; empty for a table without an identity
 */
public record RowFormat(TableId table, List<RowField> fields, List<RowField> keyFields) {
    private static final List<String> ENVELOPE_FIELDS =
            List.of("before", "after", "source", "transaction", "op", "ts_ms");

    public RowFormat {
        requireNonNull(table, "table");
        fields = List.copyOf(fields);
        keyFields = List.copyOf(keyFields);
    }

    /**
     * @param envelope the value's schema, as {@link RowSchemas} makes it; the field order is checked
     * @param key      the key's schema; null for a table without an identity
     * @throws ReplicationException RECORD_MALFORMED when the schema is not a row image's
     */
    public static RowFormat of(Schema envelope, Schema key) {
        requireShape(envelope);
        String schema = property(envelope, RowSchemas.SCHEMA_PROPERTY);
        String table = property(envelope, RowSchemas.TABLE_PROPERTY);
        Schema row = optionalRecord(envelope, "after");
        return new RowFormat(new TableId(schema, table), fields(row), key == null ? List.of() : fields(key));
    }

    /** The format of bare row records, without envelope and key: what the initial copy encodes. */
    public static RowFormat ofRow(TableId table, Schema row) {
        return new RowFormat(table, fields(row), List.of());
    }

    /** True when rows have an identity, so that changes find them by key. */
    public boolean isKeyed() {
        return !keyFields.isEmpty();
    }

    private static void requireShape(Schema envelope) {
        if (envelope.getType() != Schema.Type.RECORD
                || !envelope.getFields().stream()
                        .map(Schema.Field::name)
                        .toList()
                        .equals(ENVELOPE_FIELDS)) {
            throw malformed("Schema " + envelope.getFullName() + " is not a row image's envelope");
        }
        requireSame(RowSchemas.SOURCE, envelope.getField("source").schema());
        requireSame(RowSchemas.TRANSACTION, optionalRecord(envelope, "transaction"));
        if (!optionalRecord(envelope, "before").equals(optionalRecord(envelope, "after"))) {
            throw malformed("Schema " + envelope.getFullName() + " has different rows before and after");
        }
    }

    /** The blocks are stepped over by position, so their fields have to be those of the contract. */
    private static void requireSame(Schema expected, Schema found) {
        boolean same = found.getType() == Schema.Type.RECORD
                && found.getFields().size() == expected.getFields().size();
        for (int i = 0; same && i < expected.getFields().size(); i++) {
            Schema.Field want = expected.getFields().get(i);
            Schema.Field have = found.getFields().get(i);
            same = want.name().equals(have.name())
                    && plain(want.schema()).equals(plain(have.schema()))
                    && want.schema().isUnion() == have.schema().isUnion();
        }
        if (!same) {
            throw malformed("Block " + found.getFullName() + " of a row image has other fields than expected");
        }
    }

    private static Schema.Type plain(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().get(schema.getTypes().size() - 1).getType()
                : schema.getType();
    }

    private static Schema optionalRecord(Schema envelope, String name) {
        Schema field = envelope.getField(name).schema();
        if (field.isUnion()
                && field.getTypes().size() == 2
                && field.getTypes().get(0).getType() == Schema.Type.NULL
                && field.getTypes().get(1).getType() == Schema.Type.RECORD) {
            return field.getTypes().get(1);
        }
        throw malformed("Field '" + name + "' of schema " + envelope.getFullName() + " is not an optional record");
    }

    private static List<RowField> fields(Schema row) {
        return row.getFields().stream().map(RowField::of).toList();
    }

    private static String property(Schema envelope, String name) {
        String value = envelope.getProp(name);
        if (value == null) {
            throw malformed("Schema " + envelope.getFullName() + " has no property " + name);
        }
        return value;
    }

    private static ReplicationException malformed(String what) {
        return new ReplicationException(
                ErrorCode.RECORD_MALFORMED, what, Map.of(), "Check what else writes to the topic.");
    }
}
