package io.kameleon.catalogue.store;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.table.TableId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** A row that could not be applied, kept whole. Its text form shows no column value. */
public record DiscardedRow(long id, Instant at, Entry entry) {
    /**
     * A refused row.
     *
     * @param logid       the error that it belongs to
     * @param op          Debezium's letter: c, u, d or r
     * @param rowJson     the row image as JSON; empty when jsonb cannot hold it (a NUL character)
     * @param raw         the record as it stands in the topic; empty when there is none. One of rowJson and raw is there.
     * @param topic       the topic's name; stands together with topicOffset
     */
    public record Entry(
            long logid,
            String source,
            TableId table,
            char op,
            Optional<String> rowJson,
            Optional<byte[]> raw,
            Optional<String> topic,
            OptionalLong topicOffset) {
        public Entry {
            requireNonNull(source, "source");
            requireNonNull(table, "table");
            if (rowJson.isEmpty() && raw.isEmpty()) {
                throw new IllegalArgumentException("a discarded row without its content");
            }
            if (topic.isPresent() != topicOffset.isPresent()) {
                throw new IllegalArgumentException("topic and topicOffset stand together or not at all");
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Entry entry
                    && entry.logid == logid
                    && entry.op == op
                    && entry.source.equals(source)
                    && entry.table.equals(table)
                    && entry.rowJson.equals(rowJson)
                    && Arrays.equals(entry.raw.orElse(null), raw.orElse(null))
                    && entry.topic.equals(topic)
                    && entry.topicOffset.equals(topicOffset);
        }

        @Override
        public int hashCode() {
            return Objects.hash(
                    logid, source, table, op, rowJson, Arrays.hashCode(raw.orElse(null)), topic, topicOffset);
        }

        @Override
        public String toString() {
            return "discarded " + op + " of " + table + " at " + topic.orElse("?") + ":"
                    + (topicOffset.isPresent() ? topicOffset.getAsLong() : "?");
        }
    }
}
