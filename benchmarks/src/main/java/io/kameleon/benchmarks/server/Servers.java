package io.kameleon.benchmarks.server;

import java.nio.file.Path;
import java.util.Map;

/**
 * The servers that all contenders share, each in a process of its own on 127.0.0.1. Closing stops those that the benchmark has
 * started.
 */
public interface Servers extends AutoCloseable {
    /** As root, which may do everything; a contender uses this user too. */
    MySqlServer mysql();

    PostgresServer postgres();

    /** Of one Kafka node that exists for the benchmark alone. */
    String bootstrapServers();

    /** Of a registry that speaks Confluent's API; started when it is first asked for. Kameleon does not need it. */
    String registryUrl();

    /** Names and versions, for the report. */
    Map<String, String> versions();

    /** The servers' main processes by name, of those that can be found. */
    Map<String, ProcessHandle> processes();

    /** For data that lives as long as the servers. */
    Path directory();

    @Override
    void close();
}
