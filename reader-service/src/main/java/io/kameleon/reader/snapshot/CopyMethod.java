package io.kameleon.reader.snapshot;

import io.kameleon.reader.server.ServerFacts;
import io.kameleon.reader.server.ServerFacts.Cascades;
import io.kameleon.reader.server.TableFacts;
import io.kameleon.schemas.table.ForeignKeyDefinition.Action;
import io.kameleon.schemas.table.TableDefinition;

/** How one table is copied. */
public enum CopyMethod {
    /** Key ranges, each in a read view of its own; no lock. */
    RANGES,
    /** One read view whose binlog position the server tells (MariaDB); no lock. */
    SNAPSHOT,
    /** One read view, opened and positioned while the table is locked against writers for an instant. */
    BRIEF_LOCK,
    /** The table stays locked against writers while it is read: its engine has no read views. */
    LOCKED;

    /** @param atOneMoment the copy has to be the table as of one moment, though its rows have an identity */
    public static CopyMethod of(ServerFacts server, TableFacts table, TableDefinition definition, boolean atOneMoment) {
        if (!table.hasConsistentReads()) {
            return LOCKED;
        }
        if (!atOneMoment && !definition.identity().isEmpty() && !changesUnlogged(server, definition)) {
            return RANGES;
        }
        return server.isMariaDb() ? SNAPSHOT : BRIEF_LOCK;
    }

    /** Rows that foreign keys change without an event have to be copied at one moment: no event puts them right afterwards. */
    private static boolean changesUnlogged(ServerFacts server, TableDefinition definition) {
        return server.cascades() == Cascades.NOT_LOGGED
                && definition.foreignKeys().stream()
                        .anyMatch(key -> isAction(key.onDelete()) || isAction(key.onUpdate()));
    }

    private static boolean isAction(Action action) {
        return action == Action.CASCADE || action == Action.SET_NULL;
    }
}
