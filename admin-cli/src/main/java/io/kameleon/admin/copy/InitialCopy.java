package io.kameleon.admin.copy;

import io.kameleon.admin.copy.CopyPlan.Planned;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.config.SourceConfig.ExistingSchema;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.reader.ddl.Charsets;
import io.kameleon.reader.ddl.NameCase;
import io.kameleon.reader.ddl.ServerDialect;
import io.kameleon.reader.ddl.ShowCreateParser;
import io.kameleon.reader.publish.ReadStart;
import io.kameleon.reader.publish.ReadStart.Beginning;
import io.kameleon.reader.publish.ReadState;
import io.kameleon.reader.server.DefinitionReader;
import io.kameleon.reader.server.ResumeBy;
import io.kameleon.reader.server.ServerFacts;
import io.kameleon.reader.server.SettingsCheck;
import io.kameleon.reader.server.SettingsFinding;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.server.StableStart;
import io.kameleon.reader.snapshot.TableCopy;
import io.kameleon.reader.snapshot.TableSnapshot;
import io.kameleon.replay.row.ConversionCounts;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The initial copy of a source: from MySQL straight into PostgreSQL, handed over to the stream without a gap or a double.
 *
 * <p>Order of steps: the stream's start is fixed first (definitions and position that belong together) and written to Kafka; then the
 * tables are copied, each with its consistent point; at last all schemas are swapped in, with the points and the replay
 * position, in one PostgreSQL transaction. Until then the old schemas stay as they are. Used once.
 */
public final class InitialCopy {
    private final Installation installation;
    private final SourceSettings settings;
    private final KafkaAccess kafka;
    private final CopyProgress progress;
    private final Map<TableId, TableSnapshot> snapshots = new TreeMap<>();

    public InitialCopy(Installation installation, SourceSettings settings, KafkaAccess kafka, CopyProgress progress) {
        this.installation = installation;
        this.settings = settings;
        this.kafka = kafka;
        this.progress = progress;
    }

    /**
     * What became of the tables.
     *
     * @param copied  rows per table
     * @param refused tables left out, with the reason
     */
    public record Result(Map<TableId, Long> copied, Map<TableId, ReplicationException> refused, long refusedRows) {
        public Result {
            copied = new LinkedHashMap<>(copied);
            refused = new LinkedHashMap<>(refused);
        }

        public long rows() {
            return copied.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** @throws ReplicationException with nothing changed in the destination schemas */
    public Result run() {
        try (SourceServer server = SourceServer.connect(settings.address())) {
            checkSource(server);
            StableStart.Start start = new StableStart(server, parser(server)::parse)
                    .find(settings.filter().mappings().keySet());
            CopyPlan plan = CopyPlan.of(server, start, settings);
            Destination destination = destination(plan);
            destination.check();
            Beginning beginning = ReadStart.write(settings.reader(kafka), state(server.facts(), start));
            CopyRecord record = new CopyRecord(catalogue(), settings);
            record.begin(server.facts(), plan);
            destination.prepare().forEach(progress::note);
            return copy(server, plan, destination, record, beginning);
        }
    }

    private void checkSource(SourceServer server) {
        var needs = SettingsCheck.Needs.of(
                settings.source().serverId(), settings.filter().mappings().keySet(), resumeBy(server.facts()));
        List<SettingsFinding> findings = SettingsCheck.run(server, needs);
        SettingsCheck.require(server, findings);
        findings.forEach(finding -> progress.note(finding.toString()));
    }

    /** As the reader will: by GTID where the server numbers everything. */
    private ResumeBy resumeBy(ServerFacts facts) {
        return facts.isMariaDb() || settings.byGtid() && facts.gtidMode().isComplete()
                ? ResumeBy.GTID
                : ResumeBy.COORDINATES;
    }

    private static ShowCreateParser parser(SourceServer server) {
        ServerFacts facts = server.facts();
        ServerDialect dialect = ServerDialect.of(facts.version() + (facts.isMariaDb() ? "-MariaDB" : ""));
        return new ShowCreateParser(
                dialect,
                NameCase.of(facts.lowerCaseTableNames()),
                Charsets.of(dialect, facts.defaultCollations(), facts.defaultCollation()),
                new DefinitionReader(server)::label);
    }

    private Catalogue catalogue() {
        return installation.catalogue();
    }

    private Destination destination(CopyPlan plan) {
        return settings.source().existingSchema() == ExistingSchema.KEEP
                ? new KeptDestination(catalogue(), settings, plan)
                : new NewDestination(catalogue(), settings, plan);
    }

    private ReadState state(ServerFacts facts, StableStart.Start start) {
        return new ReadState(
                start.position(),
                facts.isMariaDb(),
                facts.version().toString(),
                facts.serverId(),
                0,
                0,
                System.currentTimeMillis(),
                0,
                0,
                start.definitions());
    }

    private Result copy(
            SourceServer server, CopyPlan plan, Destination destination, CopyRecord record, Beginning beginning) {
        progress.started(plan.tables().size(), plan.rowsEstimated());
        try (var controls = new ControlSessions(server::another)) {
            var options = TableCopy.Options.DEFAULT.withResumeBy(resumeBy(server.facts()));
            var parallel = new ParallelCopy(
                    plan.tables(),
                    server::another,
                    () -> catalogue()
                            .connections()
                            .open("copy-" + settings.source().name()),
                    table -> begin(table, controls, destination, record, options),
                    new End(destination));
            var refused = new TreeMap<>(plan.refused());
            refused.putAll(parallel.run(
                    settings.source().copyThreads(), settings.source().name()));
            refused.keySet().forEach(snapshots::remove);
            record.finish(plan, snapshots, refused, beginning, destination);
            destination.cleanUp();
            var copied = new TreeMap<TableId, Long>();
            snapshots.forEach((id, snapshot) -> copied.put(id, snapshot.rows()));
            return new Result(copied, refused, record.refusedRows());
        } finally {
            progress.ended();
        }
    }

    private TableLoad begin(
            Planned table,
            ControlSessions controls,
            Destination destination,
            CopyRecord record,
            TableCopy.Options options) {
        ControlSessions.Session control = controls.take();
        try {
            TableId id = table.definition().id();
            String topic = settings.topics().rows(settings.source().name());
            TableCopy copy = TableCopy.open(control.server(), table.definition(), options);
            var rules = new RangeLoad.ValueRules(settings.values(), settings.zeroDates());
            ConversionCounts conversions = record.conversions(id);
            return new TableLoad(
                    table,
                    control,
                    copy,
                    connection -> new RangeLoad(
                            topic,
                            table.definition(),
                            destination.table(table, connection),
                            rules,
                            conversions,
                            record,
                            rows -> progress.rows(id, rows)));
        } catch (RuntimeException e) {
            control.abort();
            throw e;
        }
    }

    /** What follows the rows of a table. */
    private final class End implements ParallelCopy.TableEnd {
        private final Destination destination;

        End(Destination destination) {
            this.destination = destination;
        }

        @Override
        public List<String> indexes(Planned table, TableSnapshot snapshot) {
            progress.tableLoaded(table.definition().id(), snapshot.rows());
            return destination.indexes(table);
        }

        @Override
        public void buildIndex(String index, Planned table, TableSnapshot snapshot, Connection connection) {
            destination.buildIndex(index, table, snapshot, connection);
        }

        @Override
        public void complete(Planned table, TableSnapshot snapshot, Connection connection) {
            destination.complete(table, connection);
            synchronized (snapshots) {
                snapshots.put(table.definition().id(), snapshot);
            }
            progress.tableDone(table.definition().id());
        }
    }
}
