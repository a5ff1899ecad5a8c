package io.kameleon.admin.monitor.stats;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.progress.ProgressPublisher;
import io.kameleon.schemas.progress.ProgressPublisher.TopicSize;
import io.kameleon.schemas.record.ProgressRecord;
import io.kameleon.schemas.registry.SchemaIds;
import io.kameleon.schemas.wire.RecordCodec;
import io.kameleon.schemas.wire.TopicLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/**
 * The topology at work in this process, and questions to the part of its stores that is here. Other instances of the same
 * deployment have the rest; when one ends, the others restore its part from Kafka. Thread-safe.
 */
public final class StatsStreams implements AutoCloseable {
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

    private final KafkaStreams streams;

    private StatsStreams(KafkaStreams streams) {
        this.streams = streams;
    }

    /**
     * What it works with.
     *
     * @param kafka     properties of every client
     * @param directory for what the stores keep on disk: a cache of what is in Kafka
     * @param self      where other instances reach this one's HTTP server
     */
    public record Settings(
            TopicLayout topics,
            Map<String, Object> kafka,
            SchemaIds schemaIds,
            TopicSize size,
            Path directory,
            HostInfo self) {}

    /**
     * @throws ReplicationException BROKER_UNREACHABLE
     * @throws org.apache.kafka.streams.errors.StreamsException when its directory is still in use: to be tried again
     */
    public static StatsStreams start(Settings settings) {
        String topic = settings.topics().progress();
        try {
            ProgressPublisher.ensureTopic(settings.kafka(), topic, settings.size());
        } catch (KafkaException e) {
            throw unreachable(topic, e);
        }
        var streams =
                new KafkaStreams(StatsTopology.of(topic, serde(settings.schemaIds(), topic)), properties(settings));
        streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.REPLACE_THREAD);
        try {
            streams.start();
            return new StatsStreams(streams);
        } catch (RuntimeException e) {
            streams.close(Duration.ZERO);
            throw e;
        }
    }

    private static ReplicationException unreachable(String topic, Exception cause) {
        return new ReplicationException(
                ErrorCode.BROKER_UNREACHABLE,
                "The progress topic cannot be made or read: " + cause.getMessage(),
                Map.of("topic", topic),
                "Check the brokers.",
                cause);
    }

    private static Properties properties(Settings settings) {
        var properties = new Properties();
        properties.putAll(settings.kafka());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.topics().prefix() + "-monitor");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.directory().toString());
        properties.put(
                StreamsConfig.APPLICATION_SERVER_CONFIG,
                settings.self().host() + ":" + settings.self().port());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        properties.put(
                StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) settings.size().replicas());
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 4L << 20);
        properties.put("auto.offset.reset", "earliest");
        // Another one takes over from an instance that is gone after so long.
        properties.put("session.timeout.ms", 10_000);
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        return properties;
    }

    /** Any thread may use it, though a codec belongs to one: they take turns. */
    public static Serde<ProgressRecord> serde(SchemaIds schemaIds, String topic) {
        var codec = new RecordCodec<>(schemaIds, topic, ProgressRecord.class);
        return Serdes.serdeFrom(
                (ignored, record) -> {
                    synchronized (codec) {
                        return codec.encode(record);
                    }
                },
                (ignored, bytes) -> {
                    synchronized (codec) {
                        return codec.decode(bytes);
                    }
                });
    }

    /** Whether the stores that belong here answer. */
    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    public String state() {
        return streams.state().name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Where the other instances are. */
    public List<HostInfo> others(HostInfo self) {
        return streams.metadataForAllStreamsClients().stream()
                .map(StreamsMetadata::hostInfo)
                .filter(host -> !host.equals(self) && !host.equals(HostInfo.unavailable()))
                .toList();
    }

    /**
     * The sources whose records come to this instance, with minutes from {@code since} on. Empty while the stores are on their way
     * from another instance.
     */
    public List<SourceView> sources(Instant since) {
        try {
            var sources = streams.store(StoreQueryParameters.fromNameAndType(
                    StatsTopology.SOURCES, QueryableStoreTypes.<String, SourceStats>keyValueStore()));
            var views = new ArrayList<SourceView>();
            try (var all = sources.all()) {
                while (all.hasNext()) {
                    SourceStats source = all.next().value;
                    views.add(new SourceView(source, tables(source.source()), minutes(source.source(), since)));
                }
            }
            return views;
        } catch (InvalidStateStoreException e) {
            return List.of();
        }
    }

    private List<TableStats> tables(String source) {
        var store = streams.store(StoreQueryParameters.fromNameAndType(
                StatsTopology.TABLES, QueryableStoreTypes.<String, TableStats>keyValueStore()));
        var found = new ArrayList<TableStats>();
        try (var range = store.range(source + '\0', source + '\1')) {
            range.forEachRemaining(entry -> found.add(entry.value));
        }
        return found;
    }

    private List<MinuteStats> minutes(String source, Instant since) {
        var store = streams.store(StoreQueryParameters.fromNameAndType(
                StatsTopology.MINUTES, QueryableStoreTypes.<String, MinuteStats>windowStore()));
        var found = new ArrayList<MinuteStats>();
        try (var range = store.fetch(source, since, Instant.now().plusSeconds(60))) {
            range.forEachRemaining(entry -> found.add(entry.value));
        }
        return found;
    }

    @Override
    public void close() {
        streams.close(CLOSE_MAX);
    }
}
