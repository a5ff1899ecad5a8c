package io.kameleon.admin.importing;

import io.kameleon.schemas.position.BinlogCoordinates;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One source as pg_chameleon's catalogue has it.
 *
 * @param mappings origin to destination schema
 * @param status   its own word, such as {@code stopped}
 * @param read     where it reads on: all before is in its log tables
 * @param replayed before it everything is in the replicated tables; at or before {@code read}. What lies between the two may be in them,
 *                 in part or not at all
 */
record ChameleonSource(
        String name,
        String status,
        Map<String, String> mappings,
        BinlogCoordinates read,
        BinlogCoordinates replayed,
        List<Table> tables) {
    ChameleonSource {
        mappings = Map.copyOf(mappings);
        tables = List.copyOf(tables);
    }

    /**
     * A table with a primary key; others are copied by pg_chameleon, but not replicated.
     *
     * @param schema of the destination
     * @param point  where its copy was taken; empty once the reader has passed that
     */
    record Table(String schema, String name, boolean enabled, Optional<BinlogCoordinates> point) {}
}
