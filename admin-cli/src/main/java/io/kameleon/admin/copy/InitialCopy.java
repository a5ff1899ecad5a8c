package io.kameleon.admin.copy;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.config.SourceConfig.ExistingSchema;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.Leases;
import io.kameleon.reader.publish.ReadStart;
import io.kameleon.reader.publish.ReadStart.Beginning;
import io.kameleon.reader.publish.ReadState;
import io.kameleon.reader.publish.ServerDefinitions;
import io.kameleon.reader.server.ResumeBy;
import io.kameleon.reader.server.ServerFacts;
import io.kameleon.reader.server.SettingsCheck;
import io.kameleon.reader.server.SettingsFinding;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.server.StableStart;
import io.kameleon.reader.snapshot.TableCopy;
import io.kameleon.reader.snapshot.TableSnapshot;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The initial copy of a source: from MySQL straight into PostgreSQL, handed over to the stream without a gap or a double.
 *
 * <p>Order of steps: the stream's start is fixed first (definitions and position that belong together) and written to Kafka; then the
 * tables are copied, each with its consistent point; at last all schemas are swapped in, with the points and the replay
 * position, in one PostgreSQL transaction. Until then the old schemas stay as they are. Used once.
 */
public final class InitialCopy {
    private static final Logger LOG = LoggerFactory.getLogger(InitialCopy.class);

    private final Installation installation;
    private final SourceSettings settings;
    private final KafkaAccess kafka;
    private final CopyProgress progress;

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
        String source = settings.source().name();
        try (Leases lease = Leases.take(
                catalogue(),
                source,
                List.of(Role.COPY),
                lost -> LOG.warn("The copy will be refused source={} cause=\"{}\"", source, lost.getMessage()))) {
            return run(lease);
        }
    }

    private Result run(Leases lease) {
        try (SourceServer server = SourceServer.connect(settings.address())) {
            checkSource(server);
            StableStart.Start start = new StableStart(server, ServerDefinitions.parser(server)::parse)
                    .find(settings.filter().mappings().keySet());
            CopyPlan plan = CopyPlan.of(server, start, settings);
            Destination destination = destination(plan);
            destination.check();
            Beginning beginning = ReadStart.write(
                    settings.reader(kafka),
                    ReadState.beginning(
                            start.position(), server.facts(), System.currentTimeMillis(), start.definitions()));
            CopyRecord record = new CopyRecord(catalogue(), settings);
            record.begin(server.facts(), plan);
            destination.prepare().forEach(progress::note);
            return copy(server, plan, destination, record, beginning, lease);
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

    private Catalogue catalogue() {
        return installation.catalogue();
    }

    private Destination destination(CopyPlan plan) {
        return settings.source().existingSchema() == ExistingSchema.KEEP
                ? new KeptDestination(catalogue(), settings, plan)
                : new NewDestination(catalogue(), settings, plan);
    }

    private Result copy(
            SourceServer server,
            CopyPlan plan,
            Destination destination,
            CopyRecord record,
            Beginning beginning,
            Leases lease) {
        progress.started(plan.tables().size(), plan.rowsEstimated());
        try {
            var options = TableCopy.Options.DEFAULT
                    .withRangeSize(settings.rangeSize())
                    .withResumeBy(resumeBy(server.facts()));
            var tables = new TablesCopy(catalogue(), settings, destination, record, progress);
            var refused = new TreeMap<>(plan.refused());
            refused.putAll(tables.run(server, plan.tables(), options));
            Map<TableId, TableSnapshot> snapshots = tables.snapshots();
            refused.keySet().forEach(snapshots::remove);
            record.finish(plan, snapshots, refused, beginning, destination, lease);
            destination.cleanUp();
            var copied = new TreeMap<TableId, Long>();
            snapshots.forEach((id, snapshot) -> copied.put(id, snapshot.rows()));
            return new Result(copied, refused, record.refusedRows());
        } finally {
            progress.ended();
        }
    }
}
