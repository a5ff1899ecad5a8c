package io.kameleon.reader.publish;

import io.kameleon.schemas.record.SourceRecord;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.AvroOutput;

/**
 * Writes the envelope round a row image, field by field in the order that {@link io.kameleon.schemas.row.RowSchemas} fixes.
 *
 * <p>What is the same for a whole transaction (most of the source block, the transaction's id) is encoded once and copied. One
 * thread only.
 */
final class EnvelopeWriter {
    private static final String VERSION = "kameleon-1";
    private static final int NULL_BRANCH = 0;
    private static final int VALUE_BRANCH = 1;

    private final String connector;
    private final String source;
    private final byte[] sourceFacts;
    private final AvroOutput transactionFacts = new AvroOutput(256);
    private final AvroOutput transactionId = new AvroOutput(64);
    private String gtid = "";
    private String file = "";
    private long position;
    private long serverId;
    private long timestampMillis;

    EnvelopeWriter(String connector, String source) {
        this.connector = connector;
        this.source = source;
        var facts = new AvroOutput(64);
        facts.writeString(VERSION);
        facts.writeString(connector);
        facts.writeString(source);
        this.sourceFacts = facts.toByteArray();
    }

    /**
     * Fixes what the rows to come have in common.
     *
     * @param gtid            empty when there is none
     * @param timestampMillis of the commit, since the epoch
     */
    void startTransaction(String gtid, String file, long position, long serverId, long timestampMillis) {
        this.gtid = gtid;
        this.file = file;
        this.position = position;
        this.serverId = serverId;
        this.timestampMillis = timestampMillis;
        transactionFacts.reset();
        transactionFacts.writeRaw(sourceFacts, 0, sourceFacts.length);
        transactionFacts.writeLong(serverId);
        transactionFacts.writeLong(timestampMillis);
        if (gtid.isEmpty()) {
            transactionFacts.writeBranch(NULL_BRANCH);
        } else {
            transactionFacts.writeBranch(VALUE_BRANCH);
            transactionFacts.writeString(gtid);
        }
        transactionFacts.writeString(file);
        transactionFacts.writeBranch(NULL_BRANCH); // snapshot
        transactionId.reset();
        transactionId.writeString(gtid.isEmpty() ? file + ":" + position : gtid);
    }

    /** The source block of a record that is not a row: a schema change. */
    SourceRecord sourceRecord() {
        return new SourceRecord(
                VERSION,
                connector,
                source,
                serverId,
                timestampMillis,
                gtid.isEmpty() ? null : gtid,
                file,
                null,
                "",
                null,
                position,
                0);
    }

    /** The table's part of the source block, encoded once per table version. */
    static byte[] tableFacts(TableId table) {
        var out = new AvroOutput(64);
        out.writeString(table.schema());
        out.writeBranch(VALUE_BRANCH);
        out.writeString(table.name());
        return out.toByteArray();
    }

    /** Everything behind the row images. {@code op}: one of c, u, d. */
    void writeTail(
            AvroOutput out, byte[] tableFacts, char op, long position, int row, long totalOrder, long tableOrder) {
        out.writeRaw(transactionFacts.buffer(), 0, transactionFacts.size());
        out.writeRaw(tableFacts, 0, tableFacts.length);
        out.writeLong(position);
        out.writeInt(row);
        out.writeBranch(VALUE_BRANCH);
        out.writeRaw(transactionId.buffer(), 0, transactionId.size());
        out.writeLong(totalOrder);
        out.writeLong(tableOrder);
        out.writeLong(1);
        out.writeRawByte(op);
        out.writeBranch(VALUE_BRANCH);
        out.writeLong(timestampMillis);
    }

    /** A {@code before} or {@code after} field: the encoded row, or null when {@code row} is null. */
    static void writeRow(AvroOutput out, AvroOutput row) {
        if (row == null) {
            out.writeBranch(NULL_BRANCH);
        } else {
            out.writeBranch(VALUE_BRANCH);
            out.writeRaw(row.buffer(), 0, row.size());
        }
    }
}
