package io.kameleon.reader.binlog;

import io.kameleon.schemas.table.TableId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A TABLE_MAP event: how the rows events that name its table id are laid out. Immutable, thread-safe.
 *
 * <p>The table id is a number of the running server: it changes with every DDL, server restart and cache flush, so it
 * identifies a table only until the next TABLE_MAP.
 */
public final class TableMap {
    private static final int TABLE_ID_BYTES = 6;
    private static final int FLAGS_BYTES = 2;
    /** Where schema, table and columns begin. */
    private static final int LAYOUT_AT = TABLE_ID_BYTES + FLAGS_BYTES;

    private final byte[] body;
    private final long tableId;
    private final TableId table;
    private final int[] typeCodes;
    private final int[] metadata;
    private final int nullability;
    private final TableMapMetadata optional;

    private TableMap(
            byte[] body,
            long tableId,
            TableId table,
            int[] typeCodes,
            int[] metadata,
            int nullability,
            TableMapMetadata optional) {
        this.body = body;
        this.tableId = tableId;
        this.table = table;
        this.typeCodes = typeCodes;
        this.metadata = metadata;
        this.nullability = nullability;
        this.optional = optional;
    }

    /**
     * @param body the event after its 19-byte header, without checksum; kept, so not to be changed
     * @throws io.kameleon.schemas.error.ReplicationException BINLOG_CORRUPT. A type code that is not known is no error here (the
     *     table may not be replicated) but in {@link RowDecoder#of}.
     */
    public static TableMap parse(byte[] body) {
        var in = new BinlogInput().wrap(body, 0, body.length);
        long id = in.readUnsignedLE(TABLE_ID_BYTES);
        in.skip(FLAGS_BYTES);
        String schema = readName(in);
        String name = readName(in);
        int columns = in.readPackedLength();
        int types = in.skip(columns);
        var typeCodes = new int[columns];
        for (int i = 0; i < columns; i++) {
            typeCodes[i] = body[types + i] & 0xFF;
        }
        int metadataLength = in.readPackedLength();
        int metadataStart = in.skip(metadataLength);
        var metadata = new int[columns];
        readMetadata(new BinlogInput().wrap(body, metadataStart, metadataStart + metadataLength), typeCodes, metadata);
        int nullability = in.skip((columns + 7) >>> 3);
        TableMapMetadata optional = TableMapMetadata.parse(in, typeCodes);
        return new TableMap(body, id, new TableId(schema, name), typeCodes, metadata, nullability, optional);
    }

    /** The table id of a TABLE_MAP or rows event. */
    public static long tableId(byte[] body) {
        return new BinlogInput().wrap(body, 0, body.length).readUnsignedLE(TABLE_ID_BYTES);
    }

    private static String readName(BinlogInput in) {
        int length = in.readPackedLength();
        String name = new String(in.buffer(), in.skip(length), length, StandardCharsets.UTF_8);
        in.skip(1); // a zero byte ends it
        return name;
    }

    /** Stops at the first unknown type: how long its metadata is, and so where the next one starts, cannot be told. */
    private static void readMetadata(BinlogInput in, int[] typeCodes, int[] metadata) {
        for (int i = 0; i < typeCodes.length; i++) {
            WireType type = WireType.of(typeCodes[i]);
            if (type == null) {
                return;
            }
            if (type == WireType.STRING) {
                readStringMetadata(in, i, typeCodes, metadata);
            } else {
                metadata[i] = (int) in.readUnsignedLE(type.metadataBytes());
            }
        }
    }

    /**
     * STRING hides ENUM and SET: the first byte is the real type. A CHAR of more than 255 bytes has the upper two bits of its
     * length, inverted, in bits 4 and 5 of that byte (MySQL bug 37426).
     */
    private static void readStringMetadata(BinlogInput in, int i, int[] typeCodes, int[] metadata) {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        typeCodes[i] = first | 0x30;
        metadata[i] = (first & 0x30) == 0x30 ? second : second | ((first & 0x30) ^ 0x30) << 4;
    }

    public long tableId() {
        return tableId;
    }

    public TableId table() {
        return table;
    }

    public int columnCount() {
        return typeCodes.length;
    }

    /**
     * True when the TABLE_MAP {@code other} is this one but for the table id and the flags, so that what was built from this one holds
     * for it.
     */
    public boolean isSame(byte[] other) {
        return Arrays.equals(body, LAYOUT_AT, body.length, other, Math.min(LAYOUT_AT, other.length), other.length);
    }

    /** From {@code binlog_row_metadata=FULL}; empty otherwise. */
    public List<String> columnNames() {
        return optional.columnNames();
    }

    /** The column's type, ENUM and SET told from STRING; null when the code is unknown. */
    WireType type(int column) {
        return WireType.of(typeCodes[column]);
    }

    int typeCode(int column) {
        return typeCodes[column];
    }

    /** Bytes as in the event, first byte lowest; for STRING the length in bytes, for ENUM and SET their size in bytes. */
    int metadata(int column) {
        return metadata[column];
    }

    boolean isNullable(int column) {
        return (body[nullability + (column >>> 3)] >> (column & 7) & 1) != 0;
    }

    TableMapMetadata optional() {
        return optional;
    }
}
