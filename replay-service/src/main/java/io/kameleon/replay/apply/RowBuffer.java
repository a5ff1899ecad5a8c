package io.kameleon.replay.apply;

import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Row images of one flush, collapsed to the net change per key while they come in.
 *
 * <p>Gathered by one thread, then handed to {@link BatchWriter#flush(RowBuffer)}, possibly on another thread: whoever hands it over
 * adds nothing more.
 */
public final class RowBuffer {
    private final Map<TableTarget, TableBatch> batches = new LinkedHashMap<>();
    /** Destination to its latest target: an earlier one takes no more rows. */
    private final Map<String, TableTarget> latest = new HashMap<>();

    private TableBatch lastUsed;
    private long bytes;

    /**
     * Adds one row image. The arrays may be kept and must not change.
     *
     * @param target the table version that wrote the image. A table may change its target (mode) within a buffer, but not
     *               back; a change of its structure needs a flush before.
     * @param key    with wire header; null for a table without identity
     * @param value  with wire header
     * @param care   with which it will be applied
     * @throws ReplicationException RECORD_MALFORMED when the value is not a row image of this version
     */
    public void row(TableTarget target, byte[] key, byte[] value, Care care) {
        TableBatch batch = lastUsed != null && lastUsed.target() == target ? lastUsed : batch(target);
        long before = batch.bytes();
        batch.add(key, value, care);
        bytes += batch.bytes() - before;
    }

    private TableBatch batch(TableTarget target) {
        TableBatch batch = batches.get(target);
        String destination = target.destination().quotedName();
        if (batch == null) {
            batch = new TableBatch(target);
            batches.put(target, batch);
            latest.put(destination, target);
        } else if (latest.get(destination) != target) {
            throw new IllegalStateException("a row for an earlier target of " + target);
        }
        lastUsed = batch;
        return batch;
    }

    /**
     * Deals the tables out, the largest first, each to the part that holds the least. Empties this one; parts without a table are
     * left out.
     *
     * @param group of a destination table, by its quoted name: tables of one group stay together
     */
    public List<RowBuffer> split(int parts, UnaryOperator<String> group) {
        Map<String, List<TableBatch>> groups = batches.values().stream()
                .collect(Collectors.groupingBy(
                        batch -> group.apply(batch.target().destination().quotedName()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<RowBuffer> dealt = Stream.generate(RowBuffer::new).limit(parts).toList();
        groups.values().stream()
                .sorted(Comparator.comparingLong((List<TableBatch> tables) -> bytes(tables))
                        .reversed())
                .forEach(tables -> Collections.min(dealt, Comparator.comparingLong(part -> part.bytes))
                        .takeOver(tables));
        clear();
        return dealt.stream().filter(part -> !part.isEmpty()).toList();
    }

    private void takeOver(List<TableBatch> tables) {
        tables.forEach(batch -> batches.put(batch.target(), batch));
        bytes += bytes(tables);
    }

    private static long bytes(List<TableBatch> tables) {
        return tables.stream().mapToLong(TableBatch::bytes).sum();
    }

    /** The source's tables whose rows it holds. */
    public Set<TableId> tables() {
        return batches.keySet().stream().map(target -> target.format().table()).collect(Collectors.toSet());
    }

    /** Net changes. */
    public long changes() {
        return batches.values().stream()
                .mapToLong(batch -> batch.changes().size())
                .sum();
    }

    /** Memory that the rows take, about. */
    public long bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return batches.isEmpty();
    }

    /** In the order of their first row. */
    Collection<TableBatch> batches() {
        return Collections.unmodifiableCollection(batches.values());
    }

    void clear() {
        batches.clear();
        latest.clear();
        lastUsed = null;
        bytes = 0;
    }
}
