package io.kameleon.schemas.wire;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The names of a deployment's topics and of what stands in their records besides Avro.
 *
 * @param prefix {@code kafka.topic_prefix}, {@code kameleon} by default
 */
public record TopicLayout(String prefix) {
    /**
     * Header of the last record of every source transaction; value: UTF-8 {@code FILE:POSITION}, the binlog coordinates
     * after its commit. Rows between two such records are one transaction of the source.
     */
    public static final String COMMIT_HEADER = "kameleon.commit";

    /** Header of a schema-change record, so that it is told from a row image without its schema; empty value. */
    public static final String SCHEMA_CHANGE_HEADER = "kameleon.schema-change";

    /**
     * Header of a row image whose {@code after} has zero or partial dates, whatever became of them; value: UTF-8, how many.
     */
    public static final String ZERO_DATES_HEADER = "kameleon.zero-dates";

    /** Header of a row image that lacks columns; value: {@link AbsentColumns#toBytes}. */
    public static final String ABSENT_HEADER = "kameleon.absent";

    /**
     * Header of a row whose change acted on other tables by foreign keys, on a server that does not log what they did; value: one
     * of the bytes below, then a {@code CascadeRules} record in the wire format.
     */
    public static final String CASCADE_HEADER = "kameleon.cascade";

    /** The row was deleted. */
    public static final byte CASCADE_DELETE = 'd';
    /** The row was updated, and keeps its identity. */
    public static final byte CASCADE_UPDATE = 'u';
    /** The row was updated to another identity: this record takes the old one away, the next one, of the same table, puts the new. */
    public static final byte CASCADE_MOVED_FROM = 'f';

    public static final byte CASCADE_MOVED_TO = 't';

    public TopicLayout {
        requireNonNull(prefix, "prefix");
    }

    /** Row images and schema changes of one source: one partition, in binlog order. */
    public String rows(String source) {
        return prefix + "." + source;
    }

    /** Compacted: read position and table definitions at that position. */
    public String state(String source) {
        return prefix + "." + source + ".state";
    }

    /** What others ask of the source's reader: {@code TableRequest} records, of no use after an hour. */
    public String requests(String source) {
        return prefix + "." + source + ".requests";
    }

    public String progress() {
        return prefix + ".progress";
    }

    /** The transactional ids that fence a stale reader of the source: its two producers take turns, the first one begins. */
    public List<String> readerTransactionalIds(String source) {
        String first = prefix + "-reader-" + source;
        return List.of(first, first + "/2");
    }

    /** The consumer group under which replay commits offsets, for lag tools only. */
    public String replayGroup(String source) {
        return prefix + "-replay-" + source;
    }
}
