package io.kameleon.catalogue.store;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.table.TableId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An error as it stands in the catalogue.
 *
 * @param logid      what {@code show_errors --logid} takes
 * @param rows       how many rows it left out, which are kept
 * @param resolvedAt when its table was copied again, and with it what it had left out; empty while it is open
 */
public record LoggedError(long logid, Instant at, Entry entry, long rows, Optional<Instant> resolvedAt) {
    /**
     * What is known about an error when it happens.
     *
     * @param table       empty when it concerns the source as a whole
     * @param code        name of an {@link io.kameleon.schemas.error.ErrorCode}
     * @param sqlState    PostgreSQL's, when PostgreSQL refused something
     * @param message     without column values
     * @param statement   the source's statement or ours, whole; without column values of rows
     * @param coordinates where the event stands in the binlog
     * @param topic       the topic's name; stands together with topicOffset
     */
    public record Entry(
            String source,
            Optional<TableId> table,
            String code,
            Optional<String> sqlState,
            String message,
            Optional<String> statement,
            Optional<BinlogCoordinates> coordinates,
            Optional<String> topic,
            OptionalLong topicOffset) {
        public Entry {
            requireNonNull(source, "source");
            requireNonNull(table, "table");
            requireNonNull(code, "code");
            requireNonNull(sqlState, "sqlState");
            requireNonNull(message, "message");
            requireNonNull(statement, "statement");
            requireNonNull(coordinates, "coordinates");
            if (topic.isPresent() != topicOffset.isPresent()) {
                throw new IllegalArgumentException("topic and topicOffset stand together or not at all");
            }
        }
    }
}
