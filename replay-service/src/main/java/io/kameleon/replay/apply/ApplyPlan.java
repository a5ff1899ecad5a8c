package io.kameleon.replay.apply;

import io.kameleon.replay.apply.ChangeWriter.Hits;
import io.kameleon.replay.apply.RowChange.Net;
import io.kameleon.replay.row.RowImage;
import io.kameleon.schemas.wire.AvroInput;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * In which steps a list of changes of one table is applied, so that the result is that of applying the events one by one.
 *
 * <p>With identity, STRICT: rows that go, and rows whose unique values change, are deleted first; rows whose unique values stay
 * are updated in place; then what is new or was moved is inserted. Between the steps no two rows share a unique value:
 * after the first step the table holds unchanged values only, and the last step leads to the source's state, in which they
 * are unique (F40).
 *
 * <p>Without identity, a delete first takes back an earlier insert of the same image in the list; what remains is deletes that
 * concern rows from before, done first, then the inserts. Identical rows cannot be told apart, so it does not matter
 * which one goes (F42).
 */
final class ApplyPlan {
    private final ChangeWriter writer;

    ApplyPlan(ChangeWriter writer) {
        this.writer = writer;
    }

    /** Adds the steps to what the writer has gathered. @param surprises complete when the writer has drained */
    void apply(TableTarget target, List<RowChange> changes, Care care, Surprises surprises) throws SQLException {
        if (!target.format().isKeyed()) {
            applyImages(target, changes, surprises);
            return;
        }
        switch (target.mode()) {
            case STRICT -> applyStrict(target, changes, care, surprises);
            case IDEMPOTENT -> applyIdempotent(target, changes);
        }
    }

    private void applyStrict(TableTarget target, List<RowChange> changes, Care care, Surprises surprises)
            throws SQLException {
        var gone = new ArrayList<RowChange>();
        var updated = new ArrayList<RowChange>();
        var created = new ArrayList<RowChange>();
        var inserted = new ArrayList<RowChange>();
        for (RowChange change : changes) {
            switch (change.net()) {
                case DELETE -> gone.add(change);
                case UPDATE -> {
                    if (change.moved() && target.uniqueColumns().exist()) {
                        gone.add(change);
                        inserted.add(change);
                    } else {
                        updated.add(change);
                    }
                }
                case INSERT -> {
                    created.add(change);
                    inserted.add(change);
                }
                case NOTHING -> {
                    // Came and went within the batch.
                }
            }
        }
        writer.deleteKeys(target, gone, surprises::notFound);
        if (care == Care.CAREFUL) {
            writer.deleteKeys(target, created, surprises::inTheWay);
        }
        writer.update(target, updated, surprises::missing);
        writer.insert(target, inserted);
    }

    private void applyIdempotent(TableTarget target, List<RowChange> changes) throws SQLException {
        List<RowChange> survivors = changes.stream()
                .filter(c -> c.net() == Net.INSERT || c.net() == Net.UPDATE)
                .toList();
        writer.deleteKeys(target, changes, Hits.UNCOUNTED);
        writer.deleteUnique(target, survivors);
        writer.insert(target, survivors);
    }

    private void applyImages(TableTarget target, List<RowChange> changes, Surprises surprises) throws SQLException {
        Map<ImageCount, ImageCount> deletes = new LinkedHashMap<>();
        Map<ImageCount, List<RowChange>> inserts = new LinkedHashMap<>();
        var scratch = new Scratch(target.image());
        for (RowChange change : changes) {
            if (change.beforeFrom() != KeptImages.ABSENT) {
                ImageCount image = scratch.image(change.images(), change.beforeFrom());
                if (!takeBack(inserts, image)) {
                    deletes.computeIfAbsent(image, i -> i).add(1);
                }
            }
            if (change.afterFrom() != KeptImages.ABSENT) {
                ImageCount image = scratch.image(change.images(), change.afterFrom());
                inserts.computeIfAbsent(image, i -> new ArrayList<>(1)).add(change);
            }
        }
        writer.deleteImages(target, List.copyOf(deletes.values()), surprises::notFound);
        writer.insert(target, inserts.values().stream().flatMap(List::stream).toList());
    }

    private static boolean takeBack(Map<ImageCount, List<RowChange>> inserts, ImageCount image) {
        List<RowChange> pending = inserts.get(image);
        if (pending == null || pending.isEmpty()) {
            return false;
        }
        pending.remove(pending.size() - 1);
        return true;
    }

    /** Measures images: a record says where one starts, and only reading it says where it ends. */
    private record Scratch(RowImage image, AvroInput in) {
        Scratch(RowImage image) {
            this(image, new AvroInput());
        }

        ImageCount image(byte[] value, int from) {
            image.read(in.wrap(value, from, value.length));
            return new ImageCount(value, from, image.to());
        }
    }
}
