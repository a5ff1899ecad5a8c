package io.kameleon.replay.row;

import io.kameleon.schemas.row.ColumnShape;
import io.kameleon.schemas.row.RowSchemas;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import io.kameleon.schemas.wire.AvroOutput;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A source table of a test, and a writer of its records; values are given as Java objects per shape. */
public final class TestTable {
    private static final int SCHEMA_ID = 7;

    private final TableDefinition definition;
    private final RowSchemas schemas;
    private final List<Integer> identity = new ArrayList<>();

    private TestTable(TableDefinition definition) {
        this.definition = definition;
        this.schemas = RowSchemas.of("kameleon.test", definition);
        for (String name : definition.identity()) {
            identity.add(definition.columns().indexOf(definition.column(name).orElseThrow()));
        }
    }

    public static TestTable of(String name, List<String> primaryKey, ColumnDefinition... columns) {
        return new TestTable(new TableDefinition(
                new TableId("shop", name),
                List.of(columns),
                primaryKey,
                List.<IndexDefinition>of(),
                List.of(),
                "utf8mb4",
                "utf8mb4_bin",
                ""));
    }

    public static ColumnDefinition column(String name, TypeKind kind, int length, boolean nullable) {
        return ColumnDefinition.of(
                name,
                ColumnType.of(kind, length, ColumnType.NONE, false, kind.name().toLowerCase(java.util.Locale.ROOT)),
                nullable);
    }

    public static ColumnDefinition decimal(String name, int precision, int scale, boolean nullable) {
        return ColumnDefinition.of(name, ColumnType.of(TypeKind.DECIMAL, precision, scale, false, "decimal"), nullable);
    }

    public static ColumnDefinition unsigned(String name, TypeKind kind) {
        return ColumnDefinition.of(name, ColumnType.of(kind, ColumnType.NONE, ColumnType.NONE, true, "unsigned"), true);
    }

    public RowFormat format() {
        return RowFormat.of(schemas.envelope(), schemas.key());
    }

    public RowFormat rowFormat() {
        return RowFormat.ofRow(definition.id(), schemas.row());
    }

    public RowSchemas schemas() {
        return schemas;
    }

    /** The record's key with wire header; null without identity. */
    public byte[] key(Object... row) {
        if (identity.isEmpty()) {
            return null;
        }
        AvroOutput out = header();
        for (int i : identity) {
            writeField(out, definition.columns().get(i), row[i]);
        }
        return out.toByteArray();
    }

    public byte[] create(Object... after) {
        return envelope(null, after, "c");
    }

    public byte[] update(Object[] before, Object[] after) {
        return envelope(before, after, "u");
    }

    public byte[] delete(Object... before) {
        return envelope(before, null, "d");
    }

    /** The bare row record. */
    public byte[] row(Object... values) {
        var out = new AvroOutput(256);
        writeRow(out, values);
        return out.toByteArray();
    }

    public byte[] envelope(Object[] before, Object[] after, String op) {
        AvroOutput out = header();
        writeOptionalRow(out, before);
        writeOptionalRow(out, after);
        out.writeString("1");
        out.writeString("kameleon");
        out.writeString("shop");
        out.writeLong(1);
        out.writeLong(1_700_000_000_000L);
        out.writeBranch(0);
        out.writeString("binlog.000042");
        out.writeBranch(0);
        out.writeString("shop");
        out.writeBranch(1);
        out.writeString(definition.id().name());
        out.writeLong(1730);
        out.writeInt(0);
        out.writeBranch(1);
        out.writeString("tx");
        out.writeLong(1);
        out.writeLong(1);
        out.writeString(op);
        out.writeBranch(1);
        out.writeLong(1_700_000_000_001L);
        return out.toByteArray();
    }

    private static AvroOutput header() {
        var out = new AvroOutput(256);
        out.writeRawByte(0);
        out.writeRaw(new byte[] {0, 0, 0, SCHEMA_ID}, 0, 4);
        return out;
    }

    private void writeOptionalRow(AvroOutput out, Object[] row) {
        out.writeBranch(row == null ? 0 : 1);
        if (row != null) {
            writeRow(out, row);
        }
    }

    private void writeRow(AvroOutput out, Object[] values) {
        for (int i = 0; i < values.length; i++) {
            writeField(out, definition.columns().get(i), values[i]);
        }
    }

    private static void writeField(AvroOutput out, ColumnDefinition column, Object value) {
        ColumnShape shape = ColumnShape.of(column);
        if (column.nullable() || shape.alwaysNullable()) {
            out.writeBranch(value == null ? 0 : 1);
            if (value == null) {
                return;
            }
        }
        switch (shape) {
            case INT16, INT32, INT64, DATE, YEAR, TIME_MICROS, DATETIME_MILLIS, DATETIME_MICROS ->
                out.writeLong(((Number) value).longValue());
            case DECIMAL -> writeBytes(out, ((BigDecimal) value).unscaledValue().toByteArray());
            case FLOAT32 -> out.writeFloat((Float) value);
            case FLOAT64 -> out.writeDouble((Double) value);
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case BITS, BYTES -> writeBytes(out, (byte[]) value);
            case STRING, TIMESTAMP, ENUM, SET, JSON, UUID, INET -> out.writeString((String) value);
            case GEOMETRY -> writeGeometry(out, (Geometry) value);
            case VECTOR -> writeVector(out, (float[]) value);
        }
    }

    /** A value of a GEOMETRY column. @param wkb hexadecimal digits */
    public record Geometry(String wkb, int srid) {}

    private static void writeGeometry(AvroOutput out, Geometry value) {
        writeBytes(out, java.util.HexFormat.of().parseHex(value.wkb()));
        out.writeBranch(1);
        out.writeInt(value.srid());
    }

    private static void writeVector(AvroOutput out, float[] value) {
        if (value.length > 0) {
            out.writeLong(value.length);
        }
        for (float number : value) {
            out.writeFloat(number);
        }
        out.writeLong(0);
    }

    private static void writeBytes(AvroOutput out, byte[] bytes) {
        out.writeBytes(bytes, 0, bytes.length);
    }
}
