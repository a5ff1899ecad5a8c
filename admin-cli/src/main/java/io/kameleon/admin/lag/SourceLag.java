package io.kameleon.admin.lag;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.table.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far behind one source's replica was at one look; empty is "not known", because what tells it cannot be reached.
 *
 * @param status       as in {@code show_status}
 * @param records      of the topic that are not applied; marks of Kafka's transactions are not counted
 * @param exact        false when there are too many to look at each: then {@code records} has the marks in it
 * @param readSeconds  from the commit on the source of what is not yet in Kafka; 0 when nothing is
 * @param applySeconds from the commit on the source of the oldest transaction in Kafka that is not in PostgreSQL; 0 when none is
 * @param bytes        of the source's binlog between its end and what PostgreSQL has
 * @param retentionSeconds how long the source still keeps the binlog from the read position on; empty also when it keeps it for ever
 * @param clockOffsetSeconds by how much the source's clock is ahead of this machine's
 * @param unreadTransactions of the source that are not in Kafka, by its GTIDs; empty when it keeps none
 * @param tables       those that have records waiting; only with {@code exact}
 */
public record SourceLag(
        String source,
        String status,
        Optional<Long> records,
        boolean exact,
        Optional<Double> readSeconds,
        Optional<Double> applySeconds,
        Optional<Long> bytes,
        Optional<Double> retentionSeconds,
        Optional<Double> clockOffsetSeconds,
        OptionalLong unreadTransactions,
        List<TableLag> tables) {
    public SourceLag {
        requireNonNull(source, "source");
        tables = List.copyOf(tables);
    }

    /** @param seconds since the source's commit of the oldest one */
    public record TableLag(TableId table, long records, double seconds) {}

    /** From commit on the source to commit in PostgreSQL: the larger of the two, since one waits behind the other. */
    public Optional<Double> seconds() {
        if (readSeconds.isEmpty() || applySeconds.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Math.max(readSeconds.get(), applySeconds.get()));
    }

    /** The documented JSON form. */
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("source", source);
        map.put("status", status);
        map.put("records", records.orElse(null));
        map.put("records_exact", records.isPresent() ? exact : null);
        map.put("seconds", seconds().orElse(null));
        map.put("read_seconds", readSeconds.orElse(null));
        map.put("apply_seconds", applySeconds.orElse(null));
        map.put("bytes", bytes.orElse(null));
        map.put("binlog_retention_remaining_seconds", retentionSeconds.orElse(null));
        map.put("tables", tables.stream().map(SourceLag::toMap).toList());
        return map;
    }

    private static Map<String, Object> toMap(TableLag lag) {
        var map = new LinkedHashMap<String, Object>();
        map.put("table", lag.table().toString());
        map.put("records", lag.records());
        map.put("seconds", lag.seconds());
        return map;
    }
}
