package io.kameleon.reader.server;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.table.TableId;

/**
 * What the server knows of a table beside its definition. Sizes are the engine's estimates, for InnoDB off by up to half.
 *
 * @param engine          {@code InnoDB}, {@code MyISAM}, ...; empty when the server cannot open the table
 * @param rowsEstimated   0 when unknown
 * @param bytesPerRow     average with overflow pages; 0 when unknown
 */
public record TableFacts(TableId id, String engine, long rowsEstimated, long bytesPerRow) {
    public TableFacts {
        requireNonNull(id, "id");
        requireNonNull(engine, "engine");
    }

    /** Whether a consistent snapshot covers the table; the other engines show changes at once. */
    public boolean hasConsistentReads() {
        return engine.equalsIgnoreCase("InnoDB") || engine.equalsIgnoreCase("ROCKSDB");
    }
}
