package io.kameleon.reader.publish;

import static java.util.Objects.requireNonNull;

import io.kameleon.reader.binlog.BinlogCursor;
import io.kameleon.reader.binlog.BinlogEndpoint;
import io.kameleon.reader.binlog.BinlogEvent;
import io.kameleon.reader.binlog.BinlogStream;
import io.kameleon.reader.binlog.GtidProgress;
import io.kameleon.reader.binlog.MariaDbCompression;
import io.kameleon.reader.binlog.QueryEvent;
import io.kameleon.reader.ddl.Classified;
import io.kameleon.reader.ddl.NameCase;
import io.kameleon.reader.ddl.SqlMode;
import io.kameleon.reader.ddl.StatementClassifier;
import io.kameleon.reader.server.ServerFacts;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.position.SourcePosition;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A look through a server's log from somewhere in it, perhaps inside a transaction, to a later place: where a reader can begin, and
 * whether the tables are defined the same at both ends. Reads the first file from its beginning. Used once, by one thread.
 */
public final class BinlogPassage {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration POLL_WAIT = Duration.ofSeconds(1);
    private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

    /** Where MariaDB's GTID event has its flags, and the one that says that a single statement follows. */
    private static final int MARIADB_FLAGS_AT = 12;

    private static final int MARIADB_STANDALONE = 1;

    private final ReaderSettings settings;
    private final ServerFacts facts;
    private final BinlogCoordinates from;
    private final StatementClassifier classifier;
    private final Predicate<String> schemas;
    private final BinlogCursor cursor;
    private GtidProgress gtids;
    private BinlogCoordinates boundary;
    private BinlogCoordinates statement;
    /** Behind a GTID or a BEGIN, and before the end. */
    private boolean inside;
    /** Behind a BEGIN: a statement is one of several. */
    private boolean begun;

    /**
     * What was found.
     *
     * @param boundary  the last end of a transaction at or before {@code from}
     * @param gtids     of the transactions behind it, in the server's notation; empty when it gives none
     * @param statement behind the first statement behind the boundary that may have changed a table; empty when there is none
     */
    public record Found(BinlogCoordinates boundary, String gtids, Optional<BinlogCoordinates> statement) {
        public Found {
            requireNonNull(boundary, "boundary");
            requireNonNull(gtids, "gtids");
            requireNonNull(statement, "statement");
        }
    }

    /** @param settings its {@code schemas} are those whose tables count */
    public BinlogPassage(ReaderSettings settings, ServerFacts facts, BinlogCoordinates from) {
        this.settings = settings;
        this.facts = facts;
        this.from = from;
        this.schemas = settings.schemas()::contains;
        this.classifier =
                new StatementClassifier(ServerDefinitions.dialect(facts), NameCase.of(facts.lowerCaseTableNames()));
        boundary = new BinlogCoordinates(from.file(), BinlogCoordinates.FIRST_EVENT_POSITION);
        cursor = new BinlogCursor(boundary);
        gtids = GtidProgress.of(facts.isMariaDb(), "");
    }

    /**
     * @param to between two transactions
     * @throws ReplicationException SOURCE_UNREACHABLE, BINLOG_PURGED, SOURCE_ACCESS_DENIED, SERVER_ID_CLASH, ...
     */
    public Found read(BinlogCoordinates to) throws InterruptedException {
        var start = new SourcePosition(facts.serverUuid(), boundary, "");
        try (BinlogStream stream = BinlogStream.open(
                settings.source(),
                BinlogEndpoint.of(settings.address()),
                settings.serverId(),
                start,
                false,
                HEARTBEAT)) {
            long heardNanos = System.nanoTime();
            while (cursor.coordinates().isBefore(to)) {
                BinlogEvent event = stream.poll(POLL_WAIT);
                if (event != null) {
                    heardNanos = System.nanoTime();
                    take(event);
                } else if (System.nanoTime() - heardNanos > SILENCE_MAX.toNanos()) {
                    throw silent(to);
                }
            }
        }
        return new Found(boundary, gtids.set(), Optional.ofNullable(statement));
    }

    private void take(BinlogEvent event) {
        cursor.advance(event);
        dispatch(event);
        if (!inside && !from.isBefore(cursor.coordinates())) {
            boundary = cursor.coordinates();
            statement = null;
            gtids = GtidProgress.of(facts.isMariaDb(), "");
        }
    }

    private void dispatch(BinlogEvent event) {
        switch (event.type()) {
            case GTID, GTID_TAGGED, ANONYMOUS_GTID -> {
                gtids.begin(event);
                inside = true;
            }
            case MARIADB_GTID -> {
                gtids.begin(event);
                inside = true;
                begun = event.body().length <= MARIADB_FLAGS_AT
                        || (event.body()[MARIADB_FLAGS_AT] & MARIADB_STANDALONE) == 0;
            }
            case XID, TRANSACTION_PAYLOAD, XA_PREPARE -> end();
            case QUERY -> query(event);
            case MARIADB_COMPRESSED -> dispatch(MariaDbCompression.expand(event));
            default -> {
                // Rows, and what stands between transactions.
            }
        }
    }

    private void query(BinlogEvent event) {
        if (QueryEvent.isBegin(event.body())) {
            begin();
            return;
        }
        QueryEvent query = QueryEvent.parse(event.body());
        SqlMode mode = SqlMode.of(query.session().sqlMode());
        Classified kind = classifier.classify(query.statement(), query.database(), mode);
        if (kind instanceof Classified.TransactionControl control) {
            switch (control.verb()) {
                case BEGIN, XA_START -> begin();
                case COMMIT, ROLLBACK, XA_COMMIT, XA_ROLLBACK -> end();
                default -> {
                    // Inside a transaction, before and after.
                }
            }
            return;
        }
        if (statement == null && changesTables(kind, query.database())) {
            statement = cursor.coordinates();
        }
        if (!begun) {
            end();
        }
    }

    private void begin() {
        inside = true;
        begun = true;
    }

    private boolean changesTables(Classified kind, String database) {
        if (kind instanceof Classified.TableDdl ddl) {
            return ddl.tables().isEmpty()
                    ? schemas.test(database)
                    : ddl.tables().stream().anyMatch(table -> schemas.test(table.schema()));
        }
        return kind instanceof Classified.DatabaseDdl ddl && schemas.test(ddl.database());
    }

    private void end() {
        gtids.commit();
        inside = false;
        begun = false;
    }

    private ReplicationException silent(BinlogCoordinates to) {
        return new ReplicationException(
                ErrorCode.SOURCE_UNREACHABLE,
                "The server sends nothing of its log for " + SILENCE_MAX.toSeconds() + " s",
                Map.of("source", settings.source(), "at", cursor.coordinates(), "to", to),
                "Check the server, and run the command again.");
    }
}
