package io.kameleon.reader.ddl;

import static java.util.Objects.requireNonNull;

import io.kameleon.reader.ddl.Classified.DatabaseDdl;
import io.kameleon.reader.ddl.Classified.Dml;
import io.kameleon.reader.ddl.Classified.TableDdl;
import io.kameleon.reader.ddl.TableStatement.OnExisting;
import io.kameleon.schemas.change.SchemaChange;
import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.change.TableChange.Dropped;
import io.kameleon.schemas.change.TableChange.Truncated;
import io.kameleon.schemas.change.TableChange.Unsupported;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The table definitions at the reader's position (F28): all tables of the tracked schemas, replicated or not (F31).
 *
 * <p>Fails closed: a statement on a tracked table that is not understood gives {@code Unsupported} for the table, and its
 * definition is forgotten, so that later rows cannot be read wrongly; {@link #put} brings it back. Statements whose tables
 * cannot be told ({@link Classified.Unknown}, {@link Dml} without tables) are left to the caller. One thread only.
 */
public final class DefinitionTracker {
    private final Rules rules;
    private final StatementClassifier classifier;
    private final Predicate<String> trackedSchemas;
    private final Definitions definitions;

    /**
     * @param trackedSchemas says of a database, named as the server stores it, whether its tables are tracked
     */
    public DefinitionTracker(
            ServerDialect dialect, NameCase nameCase, Charsets charsets, Predicate<String> trackedSchemas) {
        this.rules = Rules.of(dialect, nameCase, charsets);
        this.classifier = new StatementClassifier(dialect, nameCase);
        this.trackedSchemas = requireNonNull(trackedSchemas, "trackedSchemas");
        this.definitions = new Definitions(nameCase);
    }

    /** Takes a definition as it is on the server: at the start, or after the table was copied again. */
    public void put(TableDefinition table) {
        definitions.put(table);
    }

    public void remove(TableId id) {
        definitions.remove(id);
    }

    /** Takes a database's default collation, for tables created without one. */
    public void putDatabase(String database, String collation) {
        TextDefaults server = rules.charsets().serverDefaults();
        definitions.putDatabase(database, rules.charsets().resolve("", collation, server));
    }

    /** Compared as the server compares names. */
    public Optional<TableDefinition> definition(TableId id) {
        return definitions.get(id);
    }

    /** A copy, in the order of the names. */
    public Map<TableId, TableDefinition> definitions() {
        return definitions.tables();
    }

    /** Tables that exist, but whose definition was lost with a statement that was not understood; a copy. */
    public Set<TableId> lost() {
        return definitions.lost();
    }

    /** Default collation by database, as far as known; a copy. */
    public Map<String, String> databases() {
        var collations = new LinkedHashMap<String, String>();
        definitions.databases().forEach((name, text) -> collations.put(name, text.collation()));
        return collations;
    }

    /**
     * Follows one statement of the binlog.
     *
     * @return what it did to tracked tables; empty when nothing (other schemas, views, an option without effect)
     */
    public Optional<SchemaChange> apply(String statement, SessionContext session) {
        List<TableChange> changes = changes(statement, session);
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(new SchemaChange(
                        session.database(),
                        statement,
                        session.timestampSeconds(),
                        session.micros(),
                        session.timeZone(),
                        changes));
    }

    private List<TableChange> changes(String statement, SessionContext session) {
        Classified classified = classifier.classify(statement, session.database(), session.sqlMode());
        if (classified instanceof TableDdl ddl) {
            return tableChanges(statement, session, ddl.tables());
        }
        if (classified instanceof DatabaseDdl ddl) {
            return databaseChanges(statement, session, ddl.database());
        }
        return classified instanceof Dml dml ? rowChanges(statement, session, dml.tables()) : List.of();
    }

    // ---- tables ----

    private List<TableChange> tableChanges(String statement, SessionContext session, List<TableId> tables) {
        boolean concerned = tables.isEmpty() || tables.stream().anyMatch(this::isTracked);
        if (!concerned) {
            return List.of();
        }
        try {
            TableStatement parsed = rules.parse(statement, session.database(), session.sqlMode());
            String database =
                    tables.isEmpty() ? session.database() : tables.get(0).schema();
            Definitions.Changes draft = definitions.change();
            List<TableChange> changes =
                    new StatementEffects(draft, rules, session, trackedSchemas, defaults(database)).of(parsed);
            draft.keep();
            return changes;
        } catch (StatementNotUnderstood reason) {
            return unsupported(tables, session, reason.getMessage());
        } catch (RuntimeException bug) {
            // A fault of the parser must cost one table, not the source: the reason says where to look.
            return unsupported(tables, session, "the statement could not be followed: " + bug);
        }
    }

    private boolean isTracked(TableId table) {
        return trackedSchemas.test(table.schema());
    }

    private TextDefaults defaults(String database) {
        return definitions.database(database).orElseGet(() -> rules.charsets().serverDefaults());
    }

    private List<TableChange> unsupported(List<TableId> tables, SessionContext session, String reason) {
        var changes = new ArrayList<TableChange>();
        for (TableId table : tables.isEmpty() ? tablesOf(session.database()) : tables) {
            if (isTracked(table)) {
                TableId id = definitions.get(table).map(TableDefinition::id).orElse(table);
                definitions.lose(id);
                changes.add(new Unsupported(id, reason));
            }
        }
        return changes;
    }

    private List<TableId> tablesOf(String database) {
        var tables = new TreeSet<>(definitions.tables().keySet());
        tables.addAll(definitions.lost());
        return tables.stream()
                .filter(id -> definitions.sameDatabase(id.schema(), database))
                .toList();
    }

    // ---- databases ----

    private List<TableChange> databaseChanges(String statement, SessionContext session, String database) {
        String stored = rules.nameCase().stored(database);
        try {
            return databaseChanges(
                    DatabaseStatement.parse(rules.cursor(statement, session.database(), session.sqlMode())), session);
        } catch (StatementNotUnderstood reason) {
            return trackedSchemas.test(stored)
                    ? unsupported(tablesOf(stored), session.withDatabase(stored), reason.getMessage())
                    : List.of();
        }
    }

    private List<TableChange> databaseChanges(DatabaseStatement statement, SessionContext session) {
        String database = statement.database();
        boolean goes = statement.verb() == DatabaseStatement.Verb.DROP
                || statement.verb() == DatabaseStatement.Verb.CREATE && statement.onExisting() == OnExisting.REPLACE;
        List<TableChange> changes = goes ? dropAll(database) : List.of();
        boolean exists = statement.onExisting() == OnExisting.KEEP
                && definitions.database(database).isPresent();
        if (statement.verb() != DatabaseStatement.Verb.DROP && !exists) {
            DatabaseOptions options = statement.options();
            TextDefaults server = rules.charsets()
                    .resolve("", session.serverCollation(), rules.charsets().serverDefaults());
            TextDefaults inherited = statement.verb() == DatabaseStatement.Verb.ALTER ? defaults(database) : server;
            definitions.putDatabase(
                    database, rules.charsets().resolve(options.charset(), options.collation(), inherited));
        }
        return changes;
    }

    private List<TableChange> dropAll(String database) {
        var changes = new ArrayList<TableChange>();
        definitions.removeDatabase(database);
        for (TableId table : tablesOf(database)) {
            definitions.remove(table);
            if (isTracked(table)) {
                changes.add(new Dropped(table));
            }
        }
        return changes;
    }

    // ---- rows changed by statement ----

    private List<TableChange> rowChanges(String statement, SessionContext session, List<TableId> tables) {
        List<TableId> known = tables.stream()
                .filter(this::isTracked)
                .filter(id -> definitions.get(id).isPresent() || definitions.isLost(id))
                .toList();
        if (known.isEmpty()) {
            return List.of();
        }
        if (deletesAll(rules.cursor(statement, session.database(), session.sqlMode()))) {
            return List.of(new Truncated(known.get(0)));
        }
        return unsupported(
                known, session, "rows were changed by a statement that is not in row format (binlog_format = ROW)");
    }

    /** {@code DELETE FROM t} and no more: what a server logs for MEMORY tables that a restart emptied. */
    private static boolean deletesAll(TokenCursor cursor) {
        if (!cursor.accept("DELETE", "FROM") || !cursor.peek().isName()) {
            return false;
        }
        cursor.name();
        if (cursor.acceptSymbol('.') && cursor.peek().isName()) {
            cursor.name();
        }
        return cursor.atEnd();
    }
}
