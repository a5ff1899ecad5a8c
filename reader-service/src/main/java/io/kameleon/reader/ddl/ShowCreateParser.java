package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;

/** Reads the output of {@code SHOW CREATE TABLE}, by the same code that follows CREATE TABLE statements. Thread-safe. */
public final class ShowCreateParser {
    public ShowCreateParser(ServerDialect dialect, Charsets charsets) {
        this(dialect, NameCase.SENSITIVE, charsets);
    }

    public ShowCreateParser(ServerDialect dialect, NameCase nameCase, Charsets charsets) {
        throw new UnsupportedOperationException("" + dialect + nameCase + charsets);
    }

    /**
     * @param showCreateTable printed with backticks, that is without ANSI_QUOTES in the asking session's {@code sql_mode}
     * @throws io.kameleon.schemas.error.ReplicationException TYPE_UNSUPPORTED or STATEMENT_UNSUPPORTED, with the table
     */
    public TableDefinition parse(TableId id, String showCreateTable) {
        throw new UnsupportedOperationException(id + showCreateTable);
    }
}
