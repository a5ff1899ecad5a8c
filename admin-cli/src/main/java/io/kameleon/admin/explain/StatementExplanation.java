package io.kameleon.admin.explain;

import io.kameleon.admin.explain.ExplainedChange.DataEffect;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.reader.ddl.DefinitionTracker;
import io.kameleon.reader.ddl.SessionContext;
import io.kameleon.reader.publish.ReplicatedChanges;
import io.kameleon.replay.ddl.ChangeStatements;
import io.kameleon.replay.ddl.DdlWriter;
import io.kameleon.replay.ddl.SchemaChangeWriter;
import io.kameleon.replay.ddl.StatementTime;
import io.kameleon.schemas.change.SchemaChange;
import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.error.ReplicationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Follows a statement as reader and replay would, without running anything. One thread only. */
public final class StatementExplanation {
    private final SourceSettings settings;
    private final DefinitionTracker tracker;

    /** @param tracker holds the definitions that the statement meets; it is moved on behind it */
    public StatementExplanation(SourceSettings settings, DefinitionTracker tracker) {
        this.settings = settings;
        this.tracker = tracker;
    }

    /** One entry per replicated table that the statement changes, in its order; empty when it changes none. */
    public List<ExplainedChange> explain(String statement, SessionContext session) {
        Optional<SchemaChange> followed = tracker.apply(statement, session);
        if (followed.isEmpty()) {
            return List.of();
        }
        var explained = new ArrayList<ExplainedChange>();
        for (TableChange change : ReplicatedChanges.of(followed.get().changes(), settings.filter()::includes)) {
            explained.add(explain(change, StatementTime.of(followed.get())));
        }
        return explained;
    }

    private ExplainedChange explain(TableChange change, StatementTime time) {
        if (change instanceof TableChange.Unsupported unsupported) {
            return stopped(change, unsupported.reason());
        }
        var writer = new SchemaChangeWriter(
                new DdlWriter(settings.types(), settings.source()::fillfactor),
                settings.filter().mappings());
        try {
            ChangeStatements written = writer.write(change, time);
            DataEffect effect = written.needsResync() ? DataEffect.RESYNC : effect(change, written);
            return new ExplainedChange(
                    change.table(),
                    word(change),
                    written.statements(),
                    written.notes(),
                    effect,
                    written.resyncReason());
        } catch (ReplicationException e) {
            return stopped(change, e.getMessage());
        }
    }

    private static ExplainedChange stopped(TableChange change, String reason) {
        return new ExplainedChange(change.table(), word(change), List.of(), List.of(), DataEffect.RESYNC, reason);
    }

    private static DataEffect effect(TableChange change, ChangeStatements written) {
        if (change instanceof TableChange.Dropped
                || change instanceof TableChange.Truncated
                || change instanceof TableChange.RowsRemoved) {
            return DataEffect.GONE;
        }
        boolean touchesRows = change instanceof TableChange.Altered
                && written.statements().stream()
                        .anyMatch(s -> s.startsWith("UPDATE ") || s.contains(" USING ") || s.contains("ADD COLUMN "));
        return touchesRows ? DataEffect.COMPUTED : DataEffect.NONE;
    }

    private static String word(TableChange change) {
        if (change instanceof TableChange.Created created) {
            return created.replaced() ? "replaced" : "created";
        }
        if (change instanceof TableChange.Altered altered) {
            boolean renamed = !altered.before().id().equals(altered.after().id());
            return renamed ? "renamed to " + altered.after().id() : "altered";
        }
        if (change instanceof TableChange.Dropped) {
            return "dropped";
        }
        if (change instanceof TableChange.Truncated) {
            return "emptied";
        }
        return change instanceof TableChange.RowsRemoved ? "rows of partitions removed" : "stopped";
    }
}
