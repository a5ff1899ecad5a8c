package io.kameleon.admin.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kameleon}, which only has subcommands. */
@Command(
        name = "kameleon",
        version = "kameleon 0.1.0",
        mixinStandardHelpOptions = true,
        header = "Keeps PostgreSQL schemas as live replicas of MySQL and MariaDB schemas, through Kafka.",
        description = {
            "",
            "A first replica, step by step:",
            "  kameleon set_configuration_files           writes an example to edit",
            "  kameleon create_replica_schema             makes the catalogue in PostgreSQL",
            "  kameleon add_source --source NAME          registers a source of the configuration",
            "  kameleon init_replica --source NAME        copies its tables",
            "  kameleon start_replica --source NAME       keeps them up to date, in the background",
            "  kameleon show_status                       shows state and lag",
            "",
            "'kameleon demo' shows all of it on servers of its own. Every name may also be written with hyphens.",
            ""
        },
        subcommands = {
            DemoCommand.class,
            SetConfigurationFilesCommand.class,
            ShowConfigCommand.class,
            ShowSourcesCommand.class,
            CreateReplicaSchemaCommand.class,
            UpgradeReplicaSchemaCommand.class,
            DropReplicaSchemaCommand.class,
            RunMaintenanceCommand.class,
            CheckSourceCommand.class,
            AddSourceCommand.class,
            ImportPgChameleonCommand.class,
            DropSourceCommand.class,
            InitReplicaCommand.class,
            StartReplicaCommand.class,
            StopReplicaCommand.class,
            StopAllReplicasCommand.class,
            EnableReplicaCommand.class,
            RunReplicaCommand.class,
            ReadReplicaCommand.class,
            ReplayReplicaCommand.class,
            ShowStatusCommand.class,
            ShowLagCommand.class,
            MonitorCommand.class,
            ShowStatisticsCommand.class,
            ShowErrorsCommand.class,
            RetryErrorsCommand.class,
            PurgeErrorsCommand.class,
            WaitReplicaCommand.class,
            SyncTablesCommand.class,
            RefreshSchemaCommand.class,
            UpdateSchemaMappingsCommand.class,
            CopySchemaCommand.class,
            DetachReplicaCommand.class,
            PauseTableCommand.class,
            ResumeTableCommand.class,
            CompareCommand.class,
            DdlExplainCommand.class,
            CompletionCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed, with the reason on standard error", "2:wrong usage"})
public final class RootCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }
}
