package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.SessionContext.TimestampDefaults;
import io.kameleon.reader.ddl.TableStatement.CreateTable;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.util.Map;
import java.util.Optional;

/** Reads the output of {@code SHOW CREATE TABLE}, by the same code that follows CREATE TABLE statements. Thread-safe. */
public final class ShowCreateParser {
    private final Rules rules;
    private final Optional<RestoredLabels> labels;

    /** For texts that show everything as it is. */
    public ShowCreateParser(ServerDialect dialect, NameCase nameCase, Charsets charsets) {
        this.rules = Rules.of(dialect, nameCase, charsets);
        this.labels = Optional.empty();
    }

    /** @param labels asked where the text may not show a label as it is */
    public ShowCreateParser(ServerDialect dialect, NameCase nameCase, Charsets charsets, LabelSource labels) {
        this.rules = Rules.of(dialect, nameCase, charsets);
        this.labels = Optional.of(new RestoredLabels(labels));
    }

    /**
     * @param id              the table; the name in the text is not looked at, so a text of one table can describe another
     * @param showCreateTable printed with backticks and backslash escapes, that is without ANSI_QUOTES and
     *                        NO_BACKSLASH_ESCAPES in the {@code sql_mode} of the session that asked
     * @throws ReplicationException STATEMENT_UNSUPPORTED, naming the table: a view, or a table with a feature or type that is
     *                              not known
     */
    public TableDefinition parse(TableId id, String showCreateTable) {
        try {
            TableStatement statement = rules.parse(showCreateTable, id.schema(), SqlMode.NONE);
            if (statement instanceof CreateTable create) {
                TextDefaults server = rules.charsets().serverDefaults();
                TableDefinition table = TableCreation.define(create, server, TimestampDefaults.EXPLICIT, rules)
                        .withId(id);
                return labels.map(l -> l.in(table)).orElse(table);
            }
            throw unsupported(id, "it is not a table", null);
        } catch (StatementNotUnderstood reason) {
            throw unsupported(id, reason.getMessage(), reason);
        }
    }

    private static ReplicationException unsupported(TableId id, String reason, Throwable cause) {
        return new ReplicationException(
                ErrorCode.STATEMENT_UNSUPPORTED,
                "The definition of the table cannot be read: " + reason,
                Map.of("table", id),
                "Leave the table out with skip_tables.",
                cause);
    }
}
