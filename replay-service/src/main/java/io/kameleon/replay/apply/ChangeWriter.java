package io.kameleon.replay.apply;

import io.kameleon.replay.apply.BinaryStatements.BinaryParameter;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.row.PgBuffer;
import io.kameleon.replay.row.RowImage;
import io.kameleon.replay.row.RowRecord;
import io.kameleon.schemas.wire.AvroInput;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** The steps of which plans are made: sends lists of changes as sets. One thread only. */
final class ChangeWriter {
    /** From this many rows on, COPY is faster than a statement, in spite of two round trips that it shares with nobody. */
    private static final int COPY_ROWS_MIN = 250;
    /** Bytes of rows per statement. */
    private static final int CHUNK_BYTES = 1024 * 1024;

    private final BinaryStatements statements;
    private final StatementPipeline pipeline;
    private final AvroInput in = new AvroInput();
    private final RowArray array = new RowArray();
    private final PgBuffer copyBuffer = new PgBuffer(96 * 1024);

    ChangeWriter(BinaryStatements statements) {
        this.statements = statements;
        this.pipeline = new StatementPipeline(statements);
    }

    /** Deletes the rows with the changes' keys. @param hits told how many of so many there were */
    void deleteKeys(TableTarget target, List<RowChange> changes, Hits hits) {
        String sql = target.statements().deleteKeys();
        inChunks(
                target,
                changes,
                change -> array.add(target.keys(), key(target, change)),
                () -> send(target, sql, hits));
    }

    /** Deletes the rows that share a value of a secondary unique index with an after image. */
    void deleteUnique(TableTarget target, List<RowChange> changes) {
        if (target.uniqueColumns().exist()) {
            inChunks(
                    target,
                    changes,
                    change -> array.add(target.rows(), after(target, change)),
                    () -> sendUnique(target));
        }
    }

    /** Sets all columns of the rows with the changes' keys; inserts those that are not there. @param missing told how many were not */
    void update(TableTarget target, List<RowChange> changes, LongConsumer missing) {
        inChunks(
                target,
                changes,
                change -> array.add(target.rows(), after(target, change)),
                () -> sendUpdates(target, missing));
    }

    void insert(TableTarget target, List<RowChange> changes) throws SQLException {
        if (changes.size() >= COPY_ROWS_MIN) {
            copy(target, changes);
            return;
        }
        String sql = target.statements().insert();
        inChunks(
                target,
                changes,
                change -> array.add(target.rows(), after(target, change)),
                () -> send(target, sql, Hits.UNCOUNTED));
    }

    /** Deletes one row per image and count. @param hits told how many of so many there were */
    void deleteImages(TableTarget target, List<ImageCount> images, Hits hits) {
        int[] counts = new int[images.size()];
        inChunks(
                target,
                images,
                image -> {
                    counts[array.count()] = image.count();
                    array.add(target.rows(), image.read(target.image(), in));
                },
                () -> sendImages(target, counts, hits));
    }

    /** Sends what is gathered of all steps of all tables, and waits for the end of it. */
    void drain() {
        pipeline.drain();
    }

    /** Forgets what was not sent. */
    void clear() {
        pipeline.clear();
    }

    /** How many rows there were of those that a statement was to find. */
    @FunctionalInterface
    interface Hits {
        Hits UNCOUNTED = (sent, found) -> {};

        void count(long sent, long found);
    }

    private <T> void inChunks(TableTarget target, List<T> items, Consumer<T> add, Runnable send) {
        array.begin(target.destination());
        for (T item : items) {
            add.accept(item);
            if (array.bytes() >= CHUNK_BYTES) {
                send.run();
            }
        }
        if (array.count() > 0) {
            send.run();
        }
    }

    private void copy(TableTarget target, List<RowChange> changes) throws SQLException {
        pipeline.drain();
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

    private void send(TableTarget target, String sql, Hits hits) {
        int sent = array.count();
        pipeline.add(target.destination(), found -> hits.count(sent, found), sql, take(target.destination()));
    }

    private void sendUnique(TableTarget target) {
        BinaryParameter rows = take(target.destination());
        for (String sql : target.statements().deleteUnique()) {
            pipeline.add(target.destination(), found -> {}, sql, rows);
        }
    }

    /** Keys are those of other rows than what is added meanwhile, so it does not matter when the missing ones are inserted. */
    private void sendUpdates(TableTarget target, LongConsumer missing) {
        int sent = array.count();
        DestinationTable table = target.destination();
        BinaryParameter rows = take(table);
        LongConsumer rest = found -> {
            if (found < sent) {
                pipeline.add(table, missing, target.statements().insertMissing(), rows);
            }
        };
        pipeline.add(table, rest, target.statements().update(), rows);
    }

    private void sendImages(TableTarget target, int[] counts, Hits hits) {
        long sent = Arrays.stream(counts, 0, array.count()).asLongStream().sum();
        BinaryParameter each = RowArray.ints(counts, array.count());
        pipeline.add(
                target.destination(),
                found -> hits.count(sent, found),
                target.statements().deleteImages(),
                take(target.destination()),
                each);
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
        byte[] images = change.images();
        return target.image().read(in.wrap(images, change.afterFrom(), images.length));
    }
}
