package io.kameleon.replay.apply;

import io.kameleon.replay.row.RowOperation;
import io.kameleon.replay.row.RowRecord;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is buffered for one target: the net change per key, or every event of a table without identity. One thread only. */
final class TableBatch {
    private final TableTarget target;
    private final List<RowChange> changes = new ArrayList<>();
    private final Map<RowChange, RowChange> byKey = new HashMap<>();
    private long inserts;
    private long updates;
    private long deletes;
    private long bytes;

    TableBatch(TableTarget target) {
        this.target = target;
    }

    TableTarget target() {
        return target;
    }

    /** In the order of their first event. */
    List<RowChange> changes() {
        return Collections.unmodifiableList(changes);
    }

    long bytes() {
        return bytes;
    }

    /** Source operations so far. */
    TableCounts operations() {
        return new TableCounts(inserts, updates, deletes, 0, 0);
    }

    void add(byte[] key, byte[] value, Care care) {
        RowRecord record = target.record().parse(value);
        RowOperation operation = record.operation();
        boolean keyed = target.format().isKeyed();
        boolean changesUnique = keyed
                && operation == RowOperation.UPDATE
                && target.uniqueColumns().change(record.before(), record.after());
        RowChange found = keyed ? found(key) : new RowChange(null);
        long before = found.isNew() ? 0 : found.bytes();
        KeptImages kept = care == Care.CAREFUL
                ? KeptImages.whole(value, record)
                : KeptImages.needed(value, record, target.format().isKeyed());
        if (before == 0) {
            found.start(kept, operation, changesUnique);
            changes.add(found);
        } else {
            found.follow(kept, operation, changesUnique);
        }
        bytes += found.bytes() - before;
        count(operation);
    }

    private RowChange found(byte[] key) {
        if (key == null) {
            throw new ReplicationException(
                    ErrorCode.RECORD_MALFORMED,
                    "A row image of a table with an identity has no key",
                    Map.of("table", target.format().table().toString()),
                    "Check what else writes to the topic.");
        }
        var fresh = new RowChange(key);
        RowChange known = byKey.putIfAbsent(fresh, fresh);
        return known == null ? fresh : known;
    }

    private void count(RowOperation operation) {
        switch (operation) {
            case CREATE, READ -> inserts++;
            case UPDATE -> updates++;
            case DELETE -> deletes++;
        }
    }
}
