package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.catalogue.config.SourceConfig;
import io.kameleon.catalogue.store.ConfigFingerprint;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.reader.server.ResumeBy;
import io.kameleon.reader.server.SettingsCheck;
import io.kameleon.reader.server.SettingsFinding;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.server.UnloggedForeignKeys;
import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "add_source",
        aliases = "add-source",
        mixinStandardHelpOptions = true,
        description = {
            "Registers a source of the configuration in the catalogue, with its schema mappings, after a check of its server:",
            "binlog, row format, server id, privileges, retention. Copies nothing yet."
        })
final class AddSourceCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SourceOption source;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Installation installation = common.installation();
        SourceConfig config = installation.source(source.name());
        var catalogue = installation.catalogue();
        List<String> notes = check(installation, config);
        catalogue.inTransaction(connection -> {
            new SourceStore()
                    .add(
                            connection,
                            config.name(),
                            config.kind(),
                            ConfigFingerprint.of(installation.config(), config),
                            config.schemaMappings());
            return null;
        });
        var err = spec.commandLine().getErr();
        notes.forEach(note -> err.println("Note: " + note));
        err.flush();
        var out = spec.commandLine().getOut();
        out.println("Added source '" + config.name() + "': "
                + config.schemaMappings().size() + " schema(s). Next: kameleon init_replica --source " + config.name());
        out.flush();
        return 0;
    }

    private static List<String> check(Installation installation, SourceConfig config) {
        var settings = new SourceSettings(installation.config(), config);
        try (SourceServer server = SourceServer.connect(settings.address())) {
            var needs = SettingsCheck.Needs.of(
                    config.serverId(),
                    config.schemaMappings().keySet(),
                    settings.byGtid() ? ResumeBy.GTID : ResumeBy.COORDINATES);
            List<SettingsFinding> findings = SettingsCheck.run(server, needs);
            SettingsCheck.require(server, findings);
            var notes = new ArrayList<>(
                    findings.stream().map(SettingsFinding::toString).toList());
            List<TableId> children =
                    UnloggedForeignKeys.children(server, config.schemaMappings().keySet());
            if (!children.isEmpty()) {
                notes.add(UnloggedForeignKeys.sentence(children) + ".");
            }
            return notes;
        }
    }
}
