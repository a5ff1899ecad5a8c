package io.kameleon.catalogue.config;

import static java.util.Objects.requireNonNull;

import io.kameleon.catalogue.metrics.ListenAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The settings that hold for every source.
 *
 * @param pidDir        directory of {@code <source>.pid}; need not exist yet
 * @param logDir        directory of the log files; need not exist yet
 * @param logDaysKeep   days that a rotated log is kept, at least 1
 * @param typeProfile   of the sources that have none of their own
 * @param typeOverrides in the file's order
 * @param metricsListen where a replica's or service's process serves its metrics; empty for nowhere
 * @param metricsTables whether tables get series of their own
 */
public record GlobalConfig(
        Path pidDir,
        Path logDir,
        LogDestination logDest,
        LogLevel logLevel,
        int logDaysKeep,
        SourceConfig.TypeProfile typeProfile,
        List<TypeOverride> typeOverrides,
        Optional<ListenAddress> metricsListen,
        boolean metricsTables) {
    public GlobalConfig {
        requireNonNull(pidDir, "pidDir");
        requireNonNull(logDir, "logDir");
        requireNonNull(logDest, "logDest");
        requireNonNull(logLevel, "logLevel");
        requireNonNull(typeProfile, "typeProfile");
        typeOverrides = List.copyOf(typeOverrides);
    }

    /** Where the log of a daemon goes. */
    public enum LogDestination {
        FILE,
        STDOUT
    }

    /** The least severe level that is logged. */
    public enum LogLevel {
        DEBUG,
        INFO,
        WARNING,
        ERROR
    }
}
