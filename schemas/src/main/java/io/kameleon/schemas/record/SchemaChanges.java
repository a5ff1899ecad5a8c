package io.kameleon.schemas.record;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.change.SchemaChange;
import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.util.List;
import java.util.Map;

/** Schema changes as Avro records and back, without loss. Thread-safe. */
public final class SchemaChanges {
    private static final String CREATE = "CREATE";
    private static final String ALTER = "ALTER";
    private static final String DROP = "DROP";
    private static final String TRUNCATE = "TRUNCATE";
    private static final String DELETE = "DELETE";
    private static final String UNSUPPORTED = "UNSUPPORTED";
    private static final String STATED = "STATED";

    private SchemaChanges() {}

    /**
     * @param source        where the statement stands; kept by reference
     * @param writtenMillis milliseconds since the epoch, the reader's clock
     */
    public static SchemaChangeRecord toRecord(SchemaChange change, SourceRecord source, long writtenMillis) {
        return new SchemaChangeRecord(
                requireNonNull(source, "source"),
                writtenMillis,
                change.database().isEmpty() ? null : change.database(),
                null,
                change.statement(),
                change.changes().stream().map(SchemaChanges::toRecord).toList(),
                change.timestamp(),
                change.micros(),
                change.timeZone());
    }

    /** @throws ReplicationException RECORD_MALFORMED when the record holds what this version cannot know */
    public static SchemaChange fromRecord(SchemaChangeRecord record) {
        if (record.getTableChanges().isEmpty()) {
            throw malformed("A schema change names no table");
        }
        return new SchemaChange(
                record.getDatabaseName() == null ? "" : record.getDatabaseName(),
                record.getDdl() == null ? "" : record.getDdl(),
                record.getTimestamp(),
                record.getMicros(),
                record.getTimeZone(),
                record.getTableChanges().stream().map(SchemaChanges::fromRecord).toList());
    }

    private static TableChangeRecord toRecord(TableChange change) {
        TableId id = change.table();
        TableChangeRecord out = new TableChangeRecord(
                UNSUPPORTED, quoted(id), id.schema(), id.name(), null, null, List.of(), false, "", "", List.of(), "");
        if (change instanceof TableChange.Created created) {
            out.setType(CREATE);
            out.setAfter(TableRecords.toRecord(created.after()));
            out.setReplaced(created.replaced());
        } else if (change instanceof TableChange.Altered altered) {
            out.setType(ALTER);
            out.setBefore(TableRecords.toRecord(altered.before()));
            out.setAfter(TableRecords.toRecord(altered.after()));
            out.setPreviousNames(altered.previousNames());
            out.setResyncReason(altered.resyncReason());
        } else if (change instanceof TableChange.Dropped) {
            out.setType(DROP);
        } else if (change instanceof TableChange.RowsRemoved removed) {
            out.setType(DELETE);
            out.setAfter(TableRecords.toRecord(removed.after()));
            out.setRows(removed.rows().stream().map(RowSets::toRecord).toList());
        } else if (change instanceof TableChange.Truncated) {
            out.setType(TRUNCATE);
        } else if (change instanceof TableChange.Unsupported unsupported) {
            out.setReason(unsupported.reason());
        } else if (change instanceof TableChange.Stated stated) {
            out.setType(STATED);
            out.setAfter(TableRecords.toRecord(stated.after()));
            out.setRequest(stated.request());
        } else {
            throw new IllegalArgumentException("no record for " + change.getClass());
        }
        return out;
    }

    private static TableChange fromRecord(TableChangeRecord record) {
        TableId id = new TableId(record.getDb(), record.getTable());
        return switch (record.getType()) {
            case CREATE -> new TableChange.Created(definition(record.getAfter(), record), record.getReplaced());
            case ALTER -> altered(record);
            case DROP -> new TableChange.Dropped(id);
            case DELETE ->
                new TableChange.RowsRemoved(
                        definition(record.getAfter(), record),
                        record.getRows().stream().map(RowSets::fromRecord).toList());
            case TRUNCATE -> new TableChange.Truncated(id);
            case UNSUPPORTED -> new TableChange.Unsupported(id, record.getReason());
            case STATED -> new TableChange.Stated(definition(record.getAfter(), record), record.getRequest());
            default -> throw malformed("A schema change has the unknown type '" + record.getType() + "'");
        };
    }

    private static TableChange altered(TableChangeRecord record) {
        var before = definition(record.getBefore(), record);
        var after = definition(record.getAfter(), record);
        if (record.getPreviousNames().size() != after.columns().size()) {
            throw malformed("A schema change names " + record.getPreviousNames().size() + " previous columns for the "
                    + after.columns().size() + " of " + after.id());
        }
        return new TableChange.Altered(before, after, record.getPreviousNames(), record.getResyncReason());
    }

    private static TableDefinition definition(TableRecord table, TableChangeRecord of) {
        if (table == null) {
            throw malformed("A schema change of type " + of.getType() + " lacks a definition of " + of.getId());
        }
        return TableRecords.fromRecord(table);
    }

    private static String quoted(TableId id) {
        return "\"" + id.schema().replace("\"", "\"\"") + "\".\"" + id.name().replace("\"", "\"\"") + "\"";
    }

    private static ReplicationException malformed(String what) {
        return new ReplicationException(
                ErrorCode.RECORD_MALFORMED, what, Map.of(), "It was written by another version: update this process.");
    }
}
