package io.kameleon.admin.copy;

import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.reader.server.DefinitionReader;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.server.StableStart.Start;
import io.kameleon.reader.server.TableFacts;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.row.RowSchemas;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which tables a copy takes, and which it cannot, each with its reason.
 *
 * @param tables  largest first, so that the last one to end is not the one that was begun last
 * @param refused tables that the filter includes and PostgreSQL or the pipeline cannot hold
 */
record CopyPlan(List<Planned> tables, Map<TableId, ReplicationException> refused) {
    /** @param rowsEstimated by the server's statistics; 0 when it has none */
    record Planned(TableDefinition definition, String destinationSchema, long rowsEstimated) {}

    CopyPlan {
        tables = List.copyOf(tables);
        refused = Map.copyOf(refused);
    }

    static CopyPlan of(SourceServer server, Start start, SourceSettings settings) {
        var refused = new TreeMap<TableId, ReplicationException>();
        start.refused().forEach((id, reason) -> {
            if (settings.filter().includes(id)) {
                refused.put(id, reason);
            }
        });
        Map<TableId, Long> sizes = sizes(server, settings);
        var planned = new ArrayList<Planned>();
        for (TableDefinition definition : start.definitions().values()) {
            TableId id = definition.id();
            if (settings.filter().includes(id)) {
                try {
                    require(definition, settings);
                    String schema =
                            settings.filter().destinationSchema(id.schema()).orElseThrow();
                    planned.add(new Planned(definition, schema, sizes.getOrDefault(id, 0L)));
                } catch (ReplicationException e) {
                    if (e.code().handling() != Handling.DISABLE_TABLE) {
                        throw e;
                    }
                    refused.put(id, e);
                }
            }
        }
        planned.sort(Comparator.comparingLong(Planned::rowsEstimated).reversed().thenComparing(p -> p.definition()
                .id()));
        return new CopyPlan(planned, refused);
    }

    /** Both ways a row takes have to know every type. */
    static void require(TableDefinition definition, SourceSettings settings) {
        RowSchemas.of(settings.topics().rows(settings.source().name()), definition);
        DestinationNames.check(definition);
    }

    private static Map<TableId, Long> sizes(SourceServer server, SourceSettings settings) {
        var sizes = new HashMap<TableId, Long>();
        var reader = new DefinitionReader(server);
        for (String schema : settings.filter().mappings().keySet()) {
            for (TableFacts facts : reader.tables(schema)) {
                sizes.put(facts.id(), facts.rowsEstimated());
            }
        }
        return sizes;
    }

    long rowsEstimated() {
        return tables.stream().mapToLong(Planned::rowsEstimated).sum();
    }

    List<String> destinationSchemas() {
        return tables.stream()
                .map(Planned::destinationSchema)
                .distinct()
                .sorted()
                .toList();
    }

    List<TableDefinition> definitions(String destinationSchema) {
        return tables.stream()
                .filter(p -> p.destinationSchema().equals(destinationSchema))
                .map(Planned::definition)
                .toList();
    }
}
