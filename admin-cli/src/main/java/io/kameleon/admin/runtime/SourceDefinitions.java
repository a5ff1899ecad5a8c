package io.kameleon.admin.runtime;

import io.kameleon.reader.ddl.Charsets;
import io.kameleon.reader.ddl.DefinitionTracker;
import io.kameleon.reader.ddl.NameCase;
import io.kameleon.reader.ddl.ServerDialect;
import io.kameleon.reader.ddl.ShowCreateParser;
import io.kameleon.reader.server.DefinitionReader;
import io.kameleon.reader.server.ServerFacts;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The tables of a source as its server defines them now. One thread at a time, as its session. */
public final class SourceDefinitions {
    private final SourceServer server;
    private final ServerDialect dialect;
    private final NameCase nameCase;
    private final Charsets charsets;

    public SourceDefinitions(SourceServer server) {
        this.server = server;
        ServerFacts facts = server.facts();
        this.dialect = ServerDialect.of(facts.version() + (facts.isMariaDb() ? "-MariaDB" : ""));
        this.nameCase = NameCase.of(facts.lowerCaseTableNames());
        this.charsets = Charsets.of(dialect, facts.defaultCollations(), facts.defaultCollation());
    }

    /** @param refused tables whose definition is not understood, with its reason */
    public record Read(Map<TableId, TableDefinition> tables, Map<TableId, ReplicationException> refused) {
        public Read {
            tables = new TreeMap<>(tables);
            refused = new TreeMap<>(refused);
        }
    }

    public Read read(Iterable<String> schemas) {
        var parser = new ShowCreateParser(dialect, nameCase, charsets);
        var tables = new TreeMap<TableId, TableDefinition>();
        var refused = new TreeMap<TableId, ReplicationException>();
        var names = new ArrayList<String>();
        schemas.forEach(names::add);
        new DefinitionReader(server).definitions(names).forEach((id, text) -> {
            try {
                tables.put(id, parser.parse(id, text));
            } catch (ReplicationException e) {
                refused.put(id, e);
            }
        });
        return new Read(tables, refused);
    }

    /** Follows statements from these definitions on, as the reader would. */
    public DefinitionTracker tracker(Map<TableId, TableDefinition> tables, Set<String> schemas) {
        var tracker = new DefinitionTracker(dialect, nameCase, charsets, schemas::contains);
        tables.values().forEach(tracker::put);
        new DefinitionReader(server)
                .schemaDefaults(schemas)
                .forEach((database, defaults) -> tracker.putDatabase(database, defaults.collation()));
        return tracker;
    }
}
