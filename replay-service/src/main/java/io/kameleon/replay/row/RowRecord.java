package io.kameleon.replay.row;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.wire.AvroInput;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One row image's envelope, read in place: which operation, where the images lie, where it comes from.
 *
 * <p>Reused for one record after the other of a table version; what it returns is valid until the next
 * {@link #parse(byte[])} and while the bytes are. One thread only.
 */
public final class RowRecord {
    /** Magic byte and schema id in front of every Avro value and key. */
    public static final int WIRE_HEADER_BYTES = 5;

    private final AvroInput in = new AvroInput();
    private final RowImage before;
    private final RowImage after;
    private byte[] buffer = new byte[0];
    private RowOperation operation = RowOperation.READ;
    private long sourceMillis;
    private int fileFrom;
    private int fileLength;
    private long sourcePosition;

    public RowRecord(RowFormat format) {
        before = new RowImage(format.fields());
        after = new RowImage(format.fields());
    }

    /**
     * @param value wire header and envelope, the whole array
     * @throws ReplicationException RECORD_MALFORMED when the bytes are not a row image of this format
     */
    public RowRecord parse(byte[] value) {
        if (value.length < WIRE_HEADER_BYTES) {
            throw malformed("A row image has " + value.length + " bytes");
        }
        return parse(value, WIRE_HEADER_BYTES, value.length);
    }

    /** As {@link #parse(byte[])}, for an envelope without wire header in {@code value[from, to)}. */
    public RowRecord parse(byte[] value, int from, int to) {
        buffer = value;
        in.wrap(value, from, to);
        readImage(before);
        readImage(after);
        readSource();
        skipTransaction();
        operation = readOperation();
        skipOptionalLong();
        if (in.remaining() != 0) {
            throw malformed("A row image has " + in.remaining() + " bytes too many");
        }
        requireImages();
        return this;
    }

    public RowOperation operation() {
        return operation;
    }

    public RowImage before() {
        return before;
    }

    public RowImage after() {
        return after;
    }

    /** When the source committed, in milliseconds since the epoch. */
    public long sourceMillis() {
        return sourceMillis;
    }

    /** Binlog file of the event. Makes a string: for messages, not for each row. */
    public String sourceFile() {
        return new String(buffer, fileFrom, fileLength, StandardCharsets.UTF_8);
    }

    /** Position of the event in its binlog file. */
    public long sourcePosition() {
        return sourcePosition;
    }

    private void readImage(RowImage image) {
        if (RowImage.isNullBranch(in)) {
            image.absent();
        } else {
            image.read(in);
        }
    }

    /** Field by field as in {@link io.kameleon.schemas.row.RowSchemas#SOURCE}; RowFormat has checked that they are the same. */
    private void readSource() {
        skipString(); // version
        skipString(); // connector
        skipString(); // name
        in.readLong(); // server_id
        sourceMillis = in.readLong();
        skipOptionalString(); // gtid
        fileLength = in.readLength();
        fileFrom = in.skip(fileLength);
        skipOptionalString(); // snapshot
        skipString(); // db
        skipOptionalString(); // table
        sourcePosition = in.readLong();
        in.readLong(); // row
    }

    private void skipTransaction() {
        if (!RowImage.isNullBranch(in)) {
            skipString(); // id
            in.readLong(); // total_order
            in.readLong(); // data_collection_order
        }
    }

    private RowOperation readOperation() {
        int length = in.readLength();
        int at = in.skip(length);
        return RowOperation.of(length == 1 ? buffer[at] : 0);
    }

    private void requireImages() {
        boolean needsAfter = operation != RowOperation.DELETE;
        if (needsAfter && !after.isPresent() || !needsAfter && !before.isPresent()) {
            throw malformed("A row image of operation " + operation + " lacks its image");
        }
    }

    private void skipString() {
        in.skip(in.readLength());
    }

    private void skipOptionalString() {
        if (!RowImage.isNullBranch(in)) {
            skipString();
        }
    }

    private void skipOptionalLong() {
        if (!RowImage.isNullBranch(in)) {
            in.readLong();
        }
    }

    private static ReplicationException malformed(String what) {
        return new ReplicationException(
                ErrorCode.RECORD_MALFORMED, what, Map.of(), "Check what else writes to the topic.");
    }
}
