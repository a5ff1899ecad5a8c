package io.kameleon.reader.publish;

import io.kameleon.reader.binlog.BinlogEvent;
import io.kameleon.reader.binlog.QueryEvent;
import io.kameleon.reader.ddl.Classified;
import io.kameleon.reader.ddl.Classified.TransactionControl.Verb;
import io.kameleon.reader.ddl.DefinitionTracker;
import io.kameleon.reader.ddl.SessionContext;
import io.kameleon.reader.ddl.SqlMode;
import io.kameleon.reader.ddl.StatementClassifier;
import io.kameleon.schemas.change.SchemaChange;
import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.table.TableId;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the statements of the log: transaction bounds, definitions, and what a replica by rows cannot follow. One thread only. */
final class StatementHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StatementHandler.class);

    private final StatementClassifier classifier;
    private final DefinitionTracker tracker;
    private final TableRegister tables;
    private final Predicate<TableId> replicated;
    private final SchemaChangePublisher changes;
    private final ShadowTables shadows;
    private final String systemTimeZone;
    private String transactionName = "";

    /** @param systemTimeZone what the time zone {@code SYSTEM} is on the server; empty when that is not known */
    StatementHandler(
            StatementClassifier classifier,
            DefinitionTracker tracker,
            TableRegister tables,
            Predicate<TableId> replicated,
            SchemaChangePublisher changes,
            ShadowTables shadows,
            String systemTimeZone) {
        this.shadows = shadows;
        this.systemTimeZone = systemTimeZone;
        this.classifier = classifier;
        this.tracker = tracker;
        this.tables = tables;
        this.replicated = replicated;
        this.changes = changes;
    }

    /** What a statement means for the transaction around it. */
    enum Outcome {
        BEGIN,
        END,
        /** Stands alone: it is a transaction of its own unless one is open. */
        SINGLE,
        INSIDE,
        /** Rows of the transaction so far are void, all or some: the server undid those of tables that have transactions. */
        UNDONE,
        UNDONE_AND_END,
        /** An XA transaction begins, or the open one has said its name: {@link #transactionName()}. */
        XA_BEGIN,
        XA_NAMED,
        /** One that was prepared before comes to its end: {@link #transactionName()}. */
        XA_COMMIT,
        XA_ROLLBACK
    }

    /** The identifier in the last statement that concerned an XA transaction. */
    String transactionName() {
        return transactionName;
    }

    Outcome handle(QueryEvent query, BinlogEvent event) {
        if (query.statement().equals("BEGIN")) {
            return Outcome.BEGIN;
        }
        if (query.statement().equals("COMMIT")) {
            return Outcome.END;
        }
        SqlMode mode = SqlMode.of(query.session().sqlMode());
        Classified kind = classifier.classify(query.statement(), query.database(), mode);
        if (kind instanceof Classified.TransactionControl control) {
            transactionName = control.name();
            return transactionControl(control.verb());
        }
        if (kind instanceof Classified.TableDdl || kind instanceof Classified.DatabaseDdl) {
            tracker.apply(query.statement(), session(query, event, mode)).ifPresent(this::changed);
        } else if (kind instanceof Classified.Dml dml) {
            disable(
                    dml.tables().isEmpty() ? tablesOf(query.database()) : dml.tables(),
                    "a statement changed rows of it"
                            + " that the server logged as text, not as rows; set binlog_format to ROW for every session");
        } else if (kind instanceof Classified.Unknown) {
            unknown(query);
        } else if (kind instanceof Classified.Ignored) {
            classifier.sequence(query.statement(), query.database(), mode).ifPresent(shadows::addSequence);
            shadows.ofTrigger(query.statement(), query.database(), mode).ifPresent(this::leaveToTool);
        }
        return Outcome.SINGLE;
    }

    /** What a statement means for transactions, without any other effect; SINGLE for all that concern none. */
    Outcome control(QueryEvent query) {
        SqlMode mode = SqlMode.of(query.session().sqlMode());
        if (classifier.classify(query.statement(), query.database(), mode)
                instanceof Classified.TransactionControl control) {
            transactionName = control.name();
            return transactionControl(control.verb());
        }
        return Outcome.SINGLE;
    }

    private void leaveToTool(TableId shadow) {
        changes.leaveToTool(shadow);
        tables.definitionChanged(shadow);
    }

    private SessionContext session(QueryEvent query, BinlogEvent event, SqlMode mode) {
        String zone = query.session().timeZone();
        SessionContext session = SessionContext.of(query.database(), event.timestampSeconds())
                .withSqlMode(mode)
                .withTime(query.session().micros(), zone.equals("SYSTEM") ? systemTimeZone : zone);
        return query.session().implicitTimestamps()
                ? session.withTimestampDefaults(SessionContext.TimestampDefaults.IMPLICIT)
                : session;
    }

    private static Outcome transactionControl(Verb verb) {
        return switch (verb) {
            case BEGIN -> Outcome.BEGIN;
            case COMMIT -> Outcome.END;
            case ROLLBACK -> Outcome.UNDONE_AND_END;
            case SAVEPOINT, RELEASE_SAVEPOINT -> Outcome.INSIDE;
            case ROLLBACK_TO_SAVEPOINT -> Outcome.UNDONE;
            case XA_START -> Outcome.XA_BEGIN;
            case XA_END, XA_PREPARE -> Outcome.XA_NAMED;
            case XA_COMMIT -> Outcome.XA_COMMIT;
            case XA_ROLLBACK -> Outcome.XA_ROLLBACK;
        };
    }

    private void changed(SchemaChange change) {
        change.changes().stream()
                .filter(TableChange.Created.class::isInstance)
                .forEach(c -> shadows.forgetSequence(c.table()));
        for (TableChange c : change.changes()) {
            tables.definitionChanged(c.table());
            if (c instanceof TableChange.Altered altered) {
                tables.definitionChanged(altered.after().id()); // a rename takes a name over
            }
        }
        changes.publish(change);
    }

    /** Fails closed, but only for tables that the text names: most unknown statements concern none (F24). */
    private void unknown(QueryEvent query) {
        String text = query.statement().toLowerCase(Locale.ROOT);
        List<TableId> named = tracker.definitions().keySet().stream()
                .filter(id -> text.contains(id.name().toLowerCase(Locale.ROOT)))
                .toList();
        LOG.warn("Statement not understood database={} tables={}", query.database(), named);
        disable(named, "a statement that names it was not understood");
    }

    private List<TableId> tablesOf(String database) {
        return tracker.definitions().keySet().stream()
                .filter(id -> id.schema().equals(database))
                .toList();
    }

    /** Rows of any table may have changed in a way that is not in the log as far as it was read. */
    void disableAll(String reason) {
        disable(List.copyOf(tracker.definitions().keySet()), reason);
    }

    private void disable(List<TableId> ids, String reason) {
        ids.stream().filter(replicated).forEach(id -> tables.disable(id, reason));
    }
}
