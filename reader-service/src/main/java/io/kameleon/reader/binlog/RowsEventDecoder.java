package io.kameleon.reader.binlog;

import io.kameleon.reader.value.ValueScratch;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;

/**
 * Decodes WRITE_ROWS, UPDATE_ROWS and DELETE_ROWS events, row by row, into one reused {@link RowImage}. Holds buffers: one thread
 * only, one decoder per worker.
 *
 * <p>Rows that lack columns, and JSON documents of which only changes are logged, go through {@link PartialRowDecoder}. MariaDB's
 * compressed events go through {@link MariaDbCompression} first.
 */
public final class RowsEventDecoder {
    private static final int TABLE_ID_BYTES = 6;
    private static final int FLAGS_BYTES = 2;

    /** The session had {@code foreign_key_checks = 0}, so that foreign keys did nothing. */
    private static final int NO_FOREIGN_KEY_CHECKS = 2;
    /** MySQL 9.6 and later: what foreign keys did is in the log as events of its own. */
    private static final int SQL_FOREIGN_KEYS = 16;

    private final BinlogInput in = new BinlogInput();
    private final ValueScratch scratch = new ValueScratch();
    private final RowImage image = new RowImage();
    /** Null for an event of whole rows. */
    private PartialRowDecoder partial;

    /** The table id that names the TABLE_MAP to decode with. */
    public static long tableId(byte[] body) {
        return TableMap.tableId(body);
    }

    /**
     * Whether the log has all that foreign keys did because of the event: they did nothing, or it stands in events of its own. MariaDB
     * and MySQL before 9.6 do not log it.
     */
    public static boolean logsForeignKeyEffects(byte[] body) {
        return body.length > TABLE_ID_BYTES && (body[TABLE_ID_BYTES] & (NO_FOREIGN_KEY_CHECKS | SQL_FOREIGN_KEYS)) != 0;
    }

    /**
     * Gives every row of the event to the sink.
     *
     * @param version 1 for MariaDB's and MySQL 5.5's events (codes 23 to 25), 2 for MySQL's since 5.6 (codes 30 to 32)
     * @param body    the event after its 19-byte header, without checksum
     * @throws ReplicationException BINLOG_CORRUPT, ROW_IMAGE_INCOMPLETE when a row cannot be placed (F4), TABLE_DEFINITION_MISMATCH; VALUE_MALFORMED unless
     *     the sink takes refused rows. The rows before the failing one have been given to the sink.
     */
    public void decode(RowsKind kind, int version, byte[] body, RowDecoder decoder, RowSink sink) {
        decode(kind, version, body, decoder, false, sink);
    }

    /** As {@link #decode}, for MySQL's PARTIAL_UPDATE_ROWS. */
    public void decodePartialUpdate(byte[] body, RowDecoder decoder, RowSink sink) {
        decode(RowsKind.UPDATE, 2, body, decoder, true, sink);
    }

    private void decode(
            RowsKind kind, int version, byte[] body, RowDecoder decoder, boolean jsonChanges, RowSink sink) {
        in.wrap(body, 0, body.length);
        in.skip(TABLE_ID_BYTES + FLAGS_BYTES);
        if (version >= 2) {
            skipExtraData();
        }
        readBitmaps(kind, version, decoder, jsonChanges);
        while (in.remaining() > 0) {
            decodeRow(kind, decoder, sink);
        }
        scratch.trim();
    }

    /** The length of the extra data counts its own two bytes. */
    private void skipExtraData() {
        int length = in.readUnsigned16LE();
        if (length < 2) {
            throw BinlogInput.corrupt("extra row data of " + length + " bytes");
        }
        in.skip(length - 2);
    }

    private void readBitmaps(RowsKind kind, int version, RowDecoder decoder, boolean jsonChanges) {
        int columns = in.readPackedLength();
        if (columns != decoder.columnCount()) {
            throw BinlogInput.corrupt(
                    columns + " columns in a rows event whose table map has " + decoder.columnCount());
        }
        int bytes = (columns + 7) >>> 3;
        int first = in.skip(bytes);
        int second = kind == RowsKind.UPDATE ? in.skip(bytes) : first;
        boolean whole = decoder.areAllPresent(in.buffer(), first) && decoder.areAllPresent(in.buffer(), second);
        partial = whole && !jsonChanges
                ? null
                : new PartialRowDecoder(decoder, in.buffer(), first, second, jsonChanges, version >= 2);
    }

    private void decodeRow(RowsKind kind, RowDecoder decoder, RowSink sink) {
        int start = in.position();
        try {
            image.open(kind, decoder.columnCount());
            if (partial != null) {
                partial.decode(in, image, scratch);
            } else {
                decodeWhole(kind, decoder);
            }
            image.close();
        } catch (ReplicationException e) {
            if (e.code() != ErrorCode.VALUE_MALFORMED || partial != null) {
                throw e;
            }
            refuse(kind, start, decoder, sink, e);
            return;
        }
        if (in.position() == start) {
            throw BinlogInput.corrupt("rows of no bytes");
        }
        sink.row(image);
    }

    private void decodeWhole(RowsKind kind, RowDecoder decoder) {
        if (kind.hasBefore()) {
            decoder.decode(in, image.beforeSide(), scratch);
        }
        if (kind.hasAfter()) {
            decoder.decode(in, image.afterSide(), scratch);
        }
    }

    private void refuse(RowsKind kind, int start, RowDecoder decoder, RowSink sink, ReplicationException cause) {
        in.rewind(start);
        if (kind.hasBefore()) {
            decoder.skip(in);
        }
        if (kind.hasAfter()) {
            decoder.skip(in);
        }
        sink.refused(kind, in.buffer(), start, in.position(), cause);
    }
}
