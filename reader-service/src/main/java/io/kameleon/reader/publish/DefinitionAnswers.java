package io.kameleon.reader.publish;

import io.kameleon.reader.ddl.DefinitionTracker;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.server.StableStart;
import io.kameleon.schemas.change.SchemaChange;
import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.record.TableRequest;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * States a table's definition among the rows when it is asked for, whatever was known of the table before.
 *
 * <p>The definition is read from the server together with a position at which it holds, which lies at or before where the reader
 * will come next, never behind it: it is read by the reader's own thread. It becomes the tracked one when the reader has come to
 * that position, and rows behind it are published with it. One thread only.
 */
final class DefinitionAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(DefinitionAnswers.class);

    private final ReaderSettings settings;
    private final TableRequests requests;
    private final DefinitionTracker tracker;
    private final TableRegister tables;
    private final SchemaChangePublisher changes;
    private final RowPublisher publisher;
    private final EnvelopeWriter envelopes;
    private final Clock clock;
    private final List<Answer> waiting = new ArrayList<>();

    /** @param from where the definition holds */
    private record Answer(TableDefinition definition, BinlogCoordinates from, String request) {}

    DefinitionAnswers(
            ReaderSettings settings,
            TableRequests requests,
            DefinitionTracker tracker,
            TableRegister tables,
            SchemaChangePublisher changes,
            RowPublisher publisher,
            EnvelopeWriter envelopes) {
        this.settings = settings;
        this.requests = requests;
        this.tracker = tracker;
        this.tables = tables;
        this.changes = changes;
        this.publisher = publisher;
        this.envelopes = envelopes;
        this.clock = settings.clock();
    }

    /** Costs next to nothing while this is false. */
    boolean isAsked() {
        return !waiting.isEmpty() || !requests.isEmpty();
    }

    /**
     * Reads what is asked for, and publishes what holds by now.
     *
     * @param at where the reader is, between two transactions of the source
     */
    void answer(BinlogCoordinates at) {
        for (TableRequest request = requests.poll(); request != null; request = requests.poll()) {
            read(request);
        }
        for (Iterator<Answer> answers = waiting.iterator(); answers.hasNext(); ) {
            Answer answer = answers.next();
            if (!at.isBefore(answer.from())) {
                answers.remove();
                publish(answer, at);
            }
        }
    }

    private void read(TableRequest request) {
        var id = new TableId(request.getDb(), request.getTable());
        if (!settings.replicated().test(id)) {
            LOG.warn("Definition of a table asked for that is not replicated table={}", id);
            return;
        }
        try (SourceServer server = SourceServer.connect(settings.address())) {
            StableStart.Start found = new StableStart(server, ServerDefinitions.parser(server)::parse).find(id);
            TableDefinition definition = found.definitions().get(id);
            if (definition == null) {
                LOG.warn(
                        "Definition asked for cannot be told table={} cause=\"{}\"",
                        id,
                        found.refused().get(id));
            } else {
                waiting.add(new Answer(definition, found.position().coordinates(), request.getRequest()));
            }
        } catch (ReplicationException e) {
            if (e.code().handling() == Handling.RETRY) {
                throw e;
            }
            LOG.warn("Definition asked for cannot be read table={} cause=\"{}\"", id, e.getMessage());
        }
    }

    private void publish(Answer answer, BinlogCoordinates at) {
        TableId id = answer.definition().id();
        tracker.put(answer.definition());
        tables.definitionChanged(id);
        envelopes.startTransaction("", at.file(), at.position(), 0, clock.millis());
        changes.publish(new SchemaChange(
                id.schema(),
                "",
                clock.instant().getEpochSecond(),
                List.of(new TableChange.Stated(answer.definition(), answer.request()))));
        publisher.endSourceTransaction(at.toString());
        LOG.info("Definition stated table={} at={}", id, at);
    }
}
