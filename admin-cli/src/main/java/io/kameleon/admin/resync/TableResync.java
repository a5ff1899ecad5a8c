package io.kameleon.admin.resync;

import io.kameleon.admin.copy.SingleCopy;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.ErrorStore;
import io.kameleon.catalogue.store.PgErrors;
import io.kameleon.catalogue.store.ReplayPosition;
import io.kameleon.catalogue.store.ReplayPositionStore;
import io.kameleon.catalogue.store.Resync.Phase;
import io.kameleon.catalogue.store.ResyncStore;
import io.kameleon.reader.publish.RequestTopic;
import io.kameleon.reader.publish.ServerDefinitions;
import io.kameleon.reader.server.DefinitionReader;
import io.kameleon.reader.server.ResumeBy;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.server.TableFacts;
import io.kameleon.reader.snapshot.TableSnapshot;
import io.kameleon.replay.consume.TableFollower;
import io.kameleon.replay.consume.TableFollower.Stated;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.replay.ddl.TableSwap;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to copy one table again while its source streams on.
 *
 * <ol>
 *   <li>The reader states the table's definition among the rows; from that place on all its rows are in the topic.
 *   <li>The table is copied into a schema of its own, from read views that see everything up to that place.
 *   <li>Its events from there on are applied to the copy, never further than replay has come.
 *   <li>With the replay position locked, the rest up to exactly that position is applied and the copy takes the table's place, in one
 *       transaction. Replay, which had left the table's events out or applied them to the old table, goes on with the new one.
 * </ol>
 *
 * Whatever ends it before that last commit leaves the destination's table as it was. One thread only.
 */
final class TableResync {
    private static final Logger LOG = LoggerFactory.getLogger(TableResync.class);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    private static final Duration ANSWER_WAIT_MAX = Duration.ofMinutes(2);
    private static final Duration IDLE = Duration.ofMillis(50);
    /** How long others may wait for the table while those who have it are waited for; tried again until it succeeds. */
    private static final long LOCK_PATIENCE_MILLIS = 1_000;
    /** What may be left to apply while the replay position is locked; replay waits meanwhile. */
    private static final long LEFT_MAX = 50_000;

    private static final Set<String> LOCKED_STATES = Set.of("55P03", "40P01");

    private final Catalogue catalogue;
    private final SourceSettings settings;
    private final KafkaAccess kafka;
    private final Pauses pauses;
    private final TableId table;
    private final String attempt;
    private final boolean atOneMoment;
    private final String source;
    private final ResyncProgress progress;
    private final ErrorStore errors = new ErrorStore();
    /** The last error from before this copy: the copy mends what was left out until then. */
    private long lastError;

    private final ReplayPositionStore positions = new ReplayPositionStore();
    private final ResyncStore resyncs = new ResyncStore();

    /** @param atOneMoment no events are to be repeated over the copy */
    TableResync(
            Catalogue catalogue,
            SourceSettings settings,
            KafkaAccess kafka,
            Pauses pauses,
            TableId table,
            String attempt,
            boolean atOneMoment) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.kafka = kafka;
        this.pauses = pauses;
        this.table = table;
        this.attempt = attempt;
        this.atOneMoment = atOneMoment;
        this.source = settings.source().name();
        this.progress = new ResyncProgress(catalogue, source, table, attempt);
    }

    /**
     * @throws ReplicationException when the attempt failed
     * @throws InterruptedException when it was stopped
     */
    void run() throws InterruptedException {
        String replaySide = "resync-" + source;
        try (SourceServer server = SourceServer.connect(settings.address());
                Connection connection = catalogue.connections().open(replaySide)) {
            TableFacts facts = requireCopyable(server);
            connection.setAutoCommit(false);
            ReplayPosition position = position(connection, positions::find);
            lastError = errors.last(connection, source);
            connection.commit();
            try (TableFollower follower =
                    TableFollower.open(settings.replay(kafka, catalogue), table, position, connection)) {
                runThenClear(server, facts, follower, connection);
            }
        } catch (SQLException e) {
            throw PgErrors.translate(e, "The table was not copied again", Map.of("source", source, "table", table));
        }
    }

    private void runThenClear(SourceServer server, TableFacts facts, TableFollower follower, Connection connection)
            throws InterruptedException, SQLException {
        try {
            run(server, facts, follower, connection);
        } finally {
            pauses.clearInterrupt(); // what is open is closed in peace
        }
    }

    /** Fails before the reader is troubled. */
    private TableFacts requireCopyable(SourceServer server) {
        var reader = new DefinitionReader(server);
        TableFacts facts = reader.table(table);
        String definition = facts == null ? null : reader.definition(table);
        if (definition == null) {
            throw new ReplicationException(
                    ErrorCode.TABLE_UNKNOWN,
                    "The source has no such table",
                    Map.of("source", source, "table", table),
                    "Nothing can be copied; a table that was dropped goes away with the stream.");
        }
        ServerDefinitions.parser(server).parse(table, definition);
        return facts;
    }

    private void run(SourceServer server, TableFacts facts, TableFollower follower, Connection connection)
            throws InterruptedException, SQLException {
        Stated stated = askForDefinition(follower);
        LOG.info("Copying a table again source={} table={} from={}", source, table, stated.at());
        var place = new StreamPlace(kafka, settings, pauses);
        ResumeBy resumeBy = place.awaitVisible(server, stated);
        String schema = settings.filter().destinationSchema(table.schema()).orElseThrow();
        String loadingSchema = DestinationNames.resyncSchema(schema, attempt.substring(0, 8));
        var copy = new SingleCopy(catalogue, settings, stated.definition(), facts.rowsEstimated(), loadingSchema);
        enterCopying(loadingSchema, facts);
        try {
            copy.prepare().forEach(progress::note);
            TableSnapshot snapshot = copy.run(server, resumeBy, atOneMoment, progress);
            progress.enter(Phase.CATCHING_UP);
            long consistentFrom = place.awaitRead(snapshot.consistentPoint());
            follower.into(
                    copy.loaded(connection),
                    consistentFrom,
                    snapshot.exact() ? Optional.of(snapshot.consistentPoint().coordinates()) : Optional.empty());
            catchUp(follower, copy, snapshot, consistentFrom, connection);
            LOG.info("Table copied again source={} table={} rows={}", source, table, snapshot.rows());
        } finally {
            pauses.clearInterrupt();
            endTransaction(connection);
            cleanUp(loadingSchema);
        }
    }

    private Stated askForDefinition(TableFollower follower) throws InterruptedException {
        long deadline = System.nanoTime() + ANSWER_WAIT_MAX.toNanos();
        try (var requests = new RequestTopic(settings.reader(kafka))) {
            while (System.nanoTime() < deadline) {
                requests.askForDefinition(table, attempt);
                long askAgain = System.nanoTime() + ASK_AGAIN.toNanos();
                while (System.nanoTime() < askAgain) {
                    Optional<Stated> answer = follower.awaitDefinition(attempt, Duration.ofMillis(200));
                    if (answer.isPresent()) {
                        return answer.get();
                    }
                    pauses.pause(Duration.ZERO);
                }
            }
        }
        throw new ReplicationException(
                ErrorCode.SOURCE_UNREACHABLE,
                "The reader does not answer",
                Map.of("source", source, "table", table),
                "It is tried again by itself. See whether the reader runs, and what its log says.");
    }

    /** The name is in the catalogue before the schema is there, so that whoever comes after a crash can drop it. */
    private void enterCopying(String loadingSchema, TableFacts facts) {
        progress.started(1, facts.rowsEstimated());
        boolean ours = catalogue.inTransaction(
                connection -> resyncs.setLoadingSchema(connection, source, table, attempt, loadingSchema));
        if (!ours) {
            throw ResyncProgress.superseded(source, table);
        }
        progress.enter(Phase.COPYING);
    }

    private void catchUp(
            TableFollower follower, SingleCopy copy, TableSnapshot snapshot, long consistentFrom, Connection connection)
            throws InterruptedException, SQLException {
        int refusals = 0;
        while (true) {
            pauses.pause(Duration.ZERO);
            long replayed = position(connection, positions::find).nextOffset();
            connection.commit();
            boolean reached = follower.next() >= replayed || follower.follow(replayed);
            if (reached && replayed >= consistentFrom) {
                if (take(follower, copy, snapshot, connection)) {
                    return;
                }
                if (++refusals % 30 == 0) {
                    LOG.warn(
                            "The copied table waits for sessions that use the old one source={} table={}",
                            source,
                            table);
                }
            }
            if (reached) {
                pauses.pause(IDLE);
            }
        }
    }

    /** The table first, then the position, as replay does it, so that neither waits for the other for ever. */
    private boolean take(TableFollower follower, SingleCopy copy, TableSnapshot snapshot, Connection connection)
            throws SQLException {
        try {
            copy.lock(connection, LOCK_PATIENCE_MILLIS);
            long replayed = position(connection, positions::findForUpdate).nextOffset();
            if (replayed - follower.next() > LEFT_MAX) {
                follower.rolledBack();
                return false;
            }
            follower.apply(replayed);
            if (!resyncs.done(connection, source, table, attempt, snapshot.rows())) {
                throw ResyncProgress.superseded(source, table);
            }
            copy.publish(connection, snapshot);
            errors.resolve(connection, source, table, lastError);
            positions.putInPlace(connection, source, table);
            connection.commit();
            return true;
        } catch (SQLException | ReplicationException e) {
            if (!isLocked(e)) {
                throw e;
            }
            follower.rolledBack();
            return false;
        }
    }

    private static boolean isLocked(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && LOCKED_STATES.contains(String.valueOf(e.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    private interface Lookup {
        Optional<ReplayPosition> find(Connection connection, String source) throws SQLException;
    }

    private ReplayPosition position(Connection connection, Lookup lookup) throws SQLException {
        return lookup.find(connection, source)
                .orElseThrow(() -> new ReplicationException(
                        ErrorCode.POSITION_MISSING,
                        "The source was never initialised",
                        Map.of("source", source),
                        "Run 'kameleon init_replica --source " + source + "' first."));
    }

    /** What a failure left open holds locks on the loaded table, for which its removal would wait. */
    private static void endTransaction(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("The connection is broken, so its transaction has ended", e);
        }
    }

    /** What cannot be dropped now is dropped by the next attempt: the catalogue keeps the name. */
    private void cleanUp(String loadingSchema) {
        try {
            catalogue.read(connection -> {
                TableSwap.dropSchema(connection, loadingSchema);
                return null;
            });
        } catch (ReplicationException e) {
            LOG.warn("Loading schema not dropped schema={} cause=\"{}\"", loadingSchema, e.getMessage());
        }
    }
}
