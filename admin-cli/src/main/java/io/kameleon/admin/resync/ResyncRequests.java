package io.kameleon.admin.resync;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.Replica;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.store.ReplicaTable;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.Resync;
import io.kameleon.catalogue.store.Resync.Cause;
import io.kameleon.catalogue.store.ResyncStore;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.reader.server.DefinitionReader;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.server.TableFacts;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** An operator's wish to have tables copied again, checked before it is written down. */
public final class ResyncRequests {
    /** Stands for all disabled tables. */
    public static final String DISABLED = "disabled";

    private final Installation installation;
    private final String source;
    private final SourceSettings settings;

    public ResyncRequests(Installation installation, String source) {
        this.installation = installation;
        this.source = source;
        this.settings = Replica.settings(installation, source);
    }

    /**
     * The tables that the words name.
     *
     * @param words schema.table each, or {@link #DISABLED}
     * @throws ReplicationException TABLE_UNKNOWN for a word that names no table that is or can be replicated
     */
    public List<TableId> find(List<String> words) {
        List<ReplicaTable> known =
                installation.catalogue().read(connection -> new TableStore().list(connection, source));
        var found = new TreeSet<TableId>();
        var foreign = new ArrayList<TableId>();
        for (String word : words) {
            if (word.strip().equals(DISABLED)) {
                known.stream()
                        .filter(table -> table.state() == State.DISABLED && !table.isPaused())
                        .forEach(table -> found.add(table.id()));
            } else {
                TableId id = parse(word.strip());
                found.add(id);
                if (known.stream().noneMatch(table -> table.id().equals(id))) {
                    foreign.add(id);
                }
            }
        }
        requireOnSource(foreign);
        return List.copyOf(found);
    }

    /**
     * All tables of one schema that can be replicated, whether the catalogue has them or not.
     *
     * @param schema by its origin's name, else by its destination's
     * @throws ReplicationException SOURCE_SCHEMA_MISSING when no mapping has that name; SOURCE_UNREACHABLE
     */
    public List<TableId> ofSchema(String schema) {
        String origin = origin(schema);
        try (SourceServer server = SourceServer.connect(settings.address())) {
            return new DefinitionReader(server)
                    .tables(origin).stream()
                            .map(TableFacts::id)
                            .filter(settings.filter()::includes)
                            .toList();
        }
    }

    private String origin(String schema) {
        Map<String, String> mappings = settings.filter().mappings();
        if (mappings.containsKey(schema)) {
            return schema;
        }
        return mappings.entrySet().stream()
                .filter(mapping -> mapping.getValue().equals(schema))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new ReplicationException(
                        ErrorCode.SOURCE_SCHEMA_MISSING,
                        "'" + schema + "' is no schema that is replicated",
                        Map.of("source", source),
                        "Its schemas are " + String.join(", ", mappings.keySet()) + "."));
    }

    /** Schema names may hold dots: the longest mapped one that fits is meant. */
    private TableId parse(String word) {
        TableId best = null;
        for (String schema : settings.filter().mappings().keySet()) {
            boolean fits = word.startsWith(schema + ".") && word.length() > schema.length() + 1;
            if (fits && (best == null || schema.length() > best.schema().length())) {
                best = new TableId(schema, word.substring(schema.length() + 1));
            }
        }
        if (best == null) {
            throw unknown(
                    "'" + word + "' names no table in a replicated schema",
                    "Write SCHEMA.TABLE by the source's names; its schemas are "
                            + String.join(", ", settings.filter().mappings().keySet()) + ".");
        }
        if (!settings.filter().includes(best)) {
            throw unknown(
                    "The table " + best + " is left out by limit_tables or skip_tables",
                    "Take it into the configuration first, and restart the replica.");
        }
        return best;
    }

    /** A table that the catalogue does not have can be taken in, if it is there. */
    private void requireOnSource(List<TableId> tables) {
        if (tables.isEmpty()) {
            return;
        }
        try (SourceServer server = SourceServer.connect(settings.address())) {
            var reader = new DefinitionReader(server);
            for (TableId table : tables) {
                if (reader.table(table) == null) {
                    throw unknown("The source has no table " + table, "Check the name; case counts.");
                }
            }
        }
    }

    private ReplicationException unknown(String what, String remedy) {
        return new ReplicationException(ErrorCode.TABLE_UNKNOWN, what, Map.of("source", source), remedy);
    }

    public void ask(List<TableId> tables) {
        installation.catalogue().inTransaction(connection -> {
            for (TableId table : tables) {
                new ResyncStore().request(connection, source, table, Cause.ASKED);
            }
            return null;
        });
    }

    /** What the catalogue knows of them; one that is gone from it is missing. */
    public List<Resync> entries(List<TableId> tables) {
        return installation.catalogue().read(connection -> new ResyncStore().list(connection, source)).stream()
                .filter(entry -> tables.contains(entry.table()))
                .toList();
    }

    public boolean areOver(List<TableId> tables) {
        return entries(tables).stream().allMatch(entry -> entry.phase().isOver());
    }
}
