package io.kameleon.admin.compare;

import io.kameleon.reader.ddl.Charsets;
import io.kameleon.reader.ddl.NameCase;
import io.kameleon.reader.ddl.ServerDialect;
import io.kameleon.reader.ddl.ShowCreateParser;
import io.kameleon.reader.server.DefinitionReader;
import io.kameleon.reader.server.ServerFacts;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.replay.row.ValuePolicy;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The tables of a source that are to be compared, as the source defines them now.
 *
 * @param unreadable reports on tables whose definition is not understood
 */
public record CompareTargets(List<CompareTarget> targets, List<CompareReport> unreadable) {
    public CompareTargets {
        targets = List.copyOf(targets);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * Reads the definitions, in the order of the names.
     *
     * @param mappings origin to destination schema
     * @param wanted   which tables of these schemas
     * @param values   what the replication does with values that PostgreSQL cannot hold
     */
    public static CompareTargets read(
            SourceServer server, Map<String, String> mappings, Predicate<TableId> wanted, ValuePolicy values) {
        ShowCreateParser parser = parser(server);
        var targets = new ArrayList<CompareTarget>();
        var unreadable = new ArrayList<CompareReport>();
        new DefinitionReader(server).definitions(mappings.keySet()).forEach((id, text) -> {
            if (!wanted.test(id)) {
                return;
            }
            String schema = mappings.get(id.schema());
            String table = DestinationNames.table(id.name());
            try {
                targets.add(new CompareTarget(parser.parse(id, text), schema, table, values));
            } catch (ReplicationException e) {
                unreadable.add(CompareReport.failed(id, schema + "." + table, e.getMessage(), 0));
            }
        });
        return new CompareTargets(targets, unreadable);
    }

    private static ShowCreateParser parser(SourceServer server) {
        ServerFacts facts = server.facts();
        String version = facts.version() + (facts.isMariaDb() ? "-MariaDB" : "");
        ServerDialect dialect = ServerDialect.of(version);
        Charsets charsets = Charsets.of(dialect, facts.defaultCollations(), facts.defaultCollation());
        return new ShowCreateParser(
                dialect, NameCase.of(facts.lowerCaseTableNames()), charsets, new DefinitionReader(server)::label);
    }
}
