package io.kameleon.reader.ddl;

import io.kameleon.schemas.change.SchemaChange;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The table definitions at the reader's position (F28): all tables of the tracked schemas, replicated or not (F31).
 *
 * <p>Fails closed: a statement on a tracked table that is not understood gives {@code Unsupported} for the table and its
 * definition is forgotten, so that later rows cannot be read wrongly; {@link #put} brings it back. One thread only.
 */
public final class DefinitionTracker {
    /**
     * @param trackedSchemas says of a database, named as the server stores it, whether its tables are tracked
     */
    public DefinitionTracker(
            ServerDialect dialect, NameCase nameCase, Charsets charsets, Predicate<String> trackedSchemas) {
        throw new UnsupportedOperationException("" + dialect + nameCase + charsets + trackedSchemas);
    }

    /** Takes a definition as it is on the server: at the start, or after the table was copied again. */
    public void put(TableDefinition table) {
        throw new UnsupportedOperationException("" + table);
    }

    public void remove(TableId id) {
        throw new UnsupportedOperationException("" + id);
    }

    /** Takes a database's default collation, for tables created without one. */
    public void putDatabase(String database, String collation) {
        throw new UnsupportedOperationException(database + collation);
    }

    /** Compared as the server compares names. */
    public Optional<TableDefinition> definition(TableId id) {
        throw new UnsupportedOperationException("" + id);
    }

    /** A copy, in the order of the names. */
    public Map<TableId, TableDefinition> definitions() {
        throw new UnsupportedOperationException();
    }

    /** Default collation by database; a copy. */
    public Map<String, String> databases() {
        throw new UnsupportedOperationException();
    }

    /**
     * Follows one statement of the binlog.
     *
     * @return what it did to tracked tables; empty when nothing (other schemas, views, an option without effect)
     */
    public Optional<SchemaChange> apply(String statement, SessionContext session) {
        throw new UnsupportedOperationException(statement + session);
    }
}
