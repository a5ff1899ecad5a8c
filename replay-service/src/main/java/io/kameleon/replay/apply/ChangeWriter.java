package io.kameleon.replay.apply;

import io.kameleon.replay.apply.BinaryStatements.BinaryParameter;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.row.PgBuffer;
import io.kameleon.replay.row.RowImage;
import io.kameleon.replay.row.RowRecord;
import io.kameleon.schemas.wire.AvroInput;
import java.sql.SQLException;
import java.util.List;

/** The steps of which plans are made: sends lists of changes as sets. One thread only. */
final class ChangeWriter {
    /** From this many rows on, COPY is faster than a statement, in spite of its second round trip. */
    private static final int COPY_ROWS_MIN = 50;
    /** Bytes of rows per statement. */
    private static final int CHUNK_BYTES = 1024 * 1024;

    private final BinaryStatements statements;
    private final AvroInput in = new AvroInput();
    private final RowArray array = new RowArray();
    private final PgBuffer copyBuffer = new PgBuffer(96 * 1024);

    ChangeWriter(BinaryStatements statements) {
        this.statements = statements;
    }

    BinaryStatements statements() {
        return statements;
    }

    /** Deletes the rows with the changes' keys. @return how many there were */
    long deleteKeys(TableTarget target, List<RowChange> changes) throws SQLException {
        long hits = 0;
        array.begin(target.destination());
        for (RowChange change : changes) {
            array.add(target.keys(), key(target, change));
            if (array.bytes() >= CHUNK_BYTES) {
                hits += sendKeys(target);
            }
        }
        return array.count() > 0 ? hits + sendKeys(target) : hits;
    }

    /** Deletes the rows that share a value of a secondary unique index with an after image. */
    void deleteUnique(TableTarget target, List<RowChange> changes) throws SQLException {
        if (!target.uniqueColumns().exist()) {
            return;
        }
        array.begin(target.destination());
        for (RowChange change : changes) {
            array.add(target.rows(), after(target, change));
            if (array.bytes() >= CHUNK_BYTES) {
                sendUnique(target);
            }
        }
        if (array.count() > 0) {
            sendUnique(target);
        }
    }

    /** Sets all columns of the rows with the changes' keys; inserts those that are not there. @return how many were not */
    long update(TableTarget target, List<RowChange> changes) throws SQLException {
        long missing = 0;
        array.begin(target.destination());
        for (RowChange change : changes) {
            array.add(target.rows(), after(target, change));
            if (array.bytes() >= CHUNK_BYTES) {
                missing += sendUpdates(target);
            }
        }
        return array.count() > 0 ? missing + sendUpdates(target) : missing;
    }

    void insert(TableTarget target, List<RowChange> changes) throws SQLException {
        if (changes.size() >= COPY_ROWS_MIN) {
            copy(target, changes);
            return;
        }
        array.begin(target.destination());
        for (RowChange change : changes) {
            array.add(target.rows(), after(target, change));
            if (array.bytes() >= CHUNK_BYTES) {
                sendInserts(target);
            }
        }
        if (array.count() > 0) {
            sendInserts(target);
        }
    }

    /** Deletes one row per image and count. @return how many there were */
    long deleteImages(TableTarget target, List<ImageCount> images) throws SQLException {
        long hits = 0;
        int[] counts = new int[images.size()];
        array.begin(target.destination());
        for (ImageCount image : images) {
            counts[array.count()] = image.count();
            array.add(target.rows(), image.read(target.image(), in));
            if (array.bytes() >= CHUNK_BYTES) {
                hits += sendImages(target, counts);
            }
        }
        return array.count() > 0 ? hits + sendImages(target, counts) : hits;
    }

    private void copy(TableTarget target, List<RowChange> changes) throws SQLException {
        CopyStream stream = CopyStream.open(statements, target.statements().copy(), copyBuffer);
        try {
            for (RowChange change : changes) {
                stream.row(target.rows(), after(target, change));
            }
            stream.finish();
        } catch (SQLException | RuntimeException e) {
            stream.cancel(e);
            throw e;
        }
    }

    private long sendKeys(TableTarget target) throws SQLException {
        return statements.execute(target.statements().deleteKeys(), take(target.destination()));
    }

    private void sendUnique(TableTarget target) throws SQLException {
        BinaryParameter rows = take(target.destination());
        for (String sql : target.statements().deleteUnique()) {
            statements.execute(sql, rows);
        }
    }

    private long sendUpdates(TableTarget target) throws SQLException {
        int sent = array.count();
        BinaryParameter rows = take(target.destination());
        long hits = statements.execute(target.statements().update(), rows);
        return hits >= sent ? 0 : statements.execute(target.statements().insertMissing(), rows);
    }

    private void sendInserts(TableTarget target) throws SQLException {
        statements.execute(target.statements().insert(), take(target.destination()));
    }

    private long sendImages(TableTarget target, int[] counts) throws SQLException {
        BinaryParameter each = RowArray.ints(counts, array.count());
        return statements.execute(target.statements().deleteImages(), take(target.destination()), each);
    }

    /** What is gathered, as a parameter; the array starts anew. */
    private BinaryParameter take(DestinationTable table) {
        BinaryParameter rows = array.finish();
        array.begin(table);
        return rows;
    }

    private RowImage key(TableTarget target, RowChange change) {
        byte[] key = change.key();
        return target.keyImage().read(in.wrap(key, Math.min(RowRecord.WIRE_HEADER_BYTES, key.length), key.length));
    }

    private RowImage after(TableTarget target, RowChange change) {
        byte[] value = change.value();
        return target.image().read(in.wrap(value, change.afterFrom(), value.length));
    }
}
