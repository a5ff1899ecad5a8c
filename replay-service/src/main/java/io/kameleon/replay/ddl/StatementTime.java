package io.kameleon.replay.ddl;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.change.SchemaChange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What {@code NOW()} was for a statement of the source: old rows get it when a column with DEFAULT CURRENT_TIMESTAMP is
 * added (F30).
 *
 * @param at             the instant, as exact as the source told
 * @param fractionDigits how many digits of a second {@code at} really has: 0 when only the event's header is known
 * @param zone           the session's time zone, in which DATETIME gets NOW(); empty when unknown
 */
public record StatementTime(Instant at, int fractionDigits, Optional<ZoneId> zone) {
    private static final int MICROSECOND_DIGITS = 6;

    public StatementTime {
        requireNonNull(at, "at");
        requireNonNull(zone, "zone");
    }

    /** As far as the source told it. */
    public static StatementTime of(SchemaChange change) {
        boolean exact = change.micros() != SchemaChange.UNKNOWN;
        Instant at = Instant.ofEpochSecond(change.timestamp(), exact ? change.micros() * 1_000L : 0);
        return new StatementTime(at, exact ? MICROSECOND_DIGITS : 0, zone(change.timeZone()));
    }

    private static Optional<ZoneId> zone(String name) {
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(ZoneId.of(name));
        } catch (DateTimeException unknown) {
            return Optional.empty(); // a zone of the source's own tables
        }
    }

    /**
     * From an event's header.
     *
     * @param seconds since the epoch, see {@code SchemaChange.timestamp}
     */
    public static StatementTime ofHeader(long seconds) {
        return new StatementTime(Instant.ofEpochSecond(seconds), 0, Optional.empty());
    }
}
