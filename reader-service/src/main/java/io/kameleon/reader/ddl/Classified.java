package io.kameleon.reader.ddl;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.table.TableId;
import java.util.List;

/** What kind of statement a query event holds, and what it touches. */
public sealed interface Classified {
    /**
     * BEGIN, COMMIT, SAVEPOINT, XA ...
     *
     * @param name of an XA transaction: its parts as they stand in the statement, joined; empty for others
     */
    record TransactionControl(Verb verb, String name) implements Classified {
        public TransactionControl {
            requireNonNull(verb, "verb");
            requireNonNull(name, "name");
        }

        static TransactionControl of(Verb verb) {
            return new TransactionControl(verb, "");
        }

        public enum Verb {
            BEGIN,
            COMMIT,
            ROLLBACK,
            SAVEPOINT,
            ROLLBACK_TO_SAVEPOINT,
            RELEASE_SAVEPOINT,
            XA_START,
            XA_END,
            XA_PREPARE,
            XA_COMMIT,
            XA_ROLLBACK
        }
    }

    /**
     * Changes tables that can be replicated.
     *
     * @param tables each table that the statement names as its object, with schema; empty when the names could not be
     *               read: then any table of the default database may be meant
     */
    record TableDdl(List<TableId> tables) implements Classified {
        public TableDdl {
            tables = List.copyOf(tables);
        }
    }

    /** CREATE, ALTER or DROP DATABASE. {@code database} is empty when neither statement nor session names one. */
    record DatabaseDdl(String database) implements Classified {
        public DatabaseDdl {
            requireNonNull(database, "database");
        }
    }

    /**
     * Rows changed by statement, not by row images: a replica by rows cannot follow.
     *
     * @param tables those that may be written; a superset for statements on several tables; empty when unknown
     */
    record Dml(List<TableId> tables) implements Classified {
        public Dml {
            tables = List.copyOf(tables);
        }
    }

    /** Has no effect on replicated rows: views, routines, users, temporary tables, maintenance, settings. */
    record Ignored() implements Classified {}

    /** None of the known forms. */
    record Unknown() implements Classified {}
}
