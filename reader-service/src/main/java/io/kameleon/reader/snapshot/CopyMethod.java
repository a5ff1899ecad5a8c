package io.kameleon.reader.snapshot;

import io.kameleon.reader.server.ServerFacts;
import io.kameleon.reader.server.TableFacts;
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

    public static CopyMethod of(ServerFacts server, TableFacts table, TableDefinition definition) {
        if (!table.hasConsistentReads()) {
            return LOCKED;
        }
        if (!definition.identity().isEmpty()) {
            return RANGES;
        }
        return server.isMariaDb() ? SNAPSHOT : BRIEF_LOCK;
    }
}
