package io.kameleon.admin.monitor;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kameleon.admin.monitor.stats.SourceView;
import io.kameleon.admin.monitor.stats.StatsStreams;
import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.catalogue.config.KafkaConfig;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.progress.ProgressPublisher.TopicSize;
import io.kameleon.schemas.wire.TopicLayout;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statistics of all sources. On a cluster the instances of the monitor share the sources among them, and each asks the others
 * for theirs. With embedded brokers there is one for each source, so this process folds each broker's progress topic by itself,
 * while the broker runs. Thread-safe.
 */
final class Statistics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Statistics.class);
    private static final Duration CHECK = Duration.ofSeconds(5);
    private static final Duration ASK_MAX = Duration.ofSeconds(2);
    private static final String CLUSTER = "cluster";
    static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Installation installation;
    private final Path directory;
    private final HostInfo self;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ASK_MAX).build();
    private final Map<String, Attached> attached = new HashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "statistics");

    /** A broker and the topology that works on it. */
    private record Attached(KafkaAccess kafka, StatsStreams streams) implements AutoCloseable {
        @Override
        public void close() {
            streams.close();
            kafka.close();
        }
    }

    private Statistics(Installation installation, Path directory, HostInfo self) {
        this.installation = installation;
        this.directory = directory;
        this.self = self;
        thread.setDaemon(true);
    }

    /** @param directory of the state stores @param self where other instances reach this process's HTTP server */
    static Statistics start(Installation installation, Path directory, HostInfo self) {
        var statistics = new Statistics(installation, directory, self);
        statistics.thread.start();
        return statistics;
    }

    private void run() {
        try {
            do {
                if (isEmbedded()) {
                    installation.config().sources().keySet().forEach(source -> attach(source, source));
                } else if (!has(CLUSTER)) {
                    attach(
                            CLUSTER,
                            installation.config().sources().keySet().iterator().next());
                }
            } while (!closing.await(CHECK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isEmbedded() {
        return installation.config().kafka().broker() instanceof KafkaConfig.Embedded;
    }

    private synchronized boolean has(String name) {
        return attached.containsKey(name);
    }

    /** Begins, goes on, or ends with the broker: an embedded one comes back under another port. */
    private void attach(String name, String source) {
        try {
            Optional<String> running = KafkaAccess.runningAt(installation.config(), source);
            Attached former;
            synchronized (this) {
                former = attached.get(name);
            }
            if (running.equals(
                    Optional.ofNullable(former).map(one -> one.kafka().bootstrapServers()))) {
                return;
            }
            if (former != null) {
                synchronized (this) {
                    attached.remove(name);
                }
                former.close();
            }
            KafkaAccess.running(installation.config(), source).ifPresent(kafka -> begin(name, kafka));
        } catch (ReplicationException | KafkaException e) {
            LOG.warn("Statistics wait of={} cause=\"{}\"", name, e.getMessage());
        }
    }

    private void begin(String name, KafkaAccess kafka) {
        try {
            short replicas = installation.config().kafka().replicationFactor();
            var settings = new StatsStreams.Settings(
                    new TopicLayout(installation.config().kafka().topicPrefix()),
                    kafka.properties(),
                    kafka.schemaIds(),
                    new TopicSize(isEmbedded() ? 1 : 6, replicas),
                    directory.resolve(name),
                    self);
            var begun = new Attached(kafka, StatsStreams.start(settings));
            synchronized (this) {
                attached.put(name, begun);
            }
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    /** Of the sources whose progress this process folds. */
    List<SourceView> here(Instant since) {
        var found = new ArrayList<SourceView>();
        for (Attached one : snapshot()) {
            found.addAll(one.streams().sources(since));
        }
        return found;
    }

    /** Of all sources, by name; those of an instance that does not answer are missing. */
    Map<String, SourceView> all(Instant since) {
        var found = new TreeMap<String, SourceView>();
        here(since).forEach(view -> found.put(view.stats().source(), view));
        if (!isEmbedded()) {
            for (Attached one : snapshot()) {
                one.streams().others(self).forEach(other -> ask(other, since)
                        .forEach(view -> found.put(view.stats().source(), view)));
            }
        }
        return found;
    }

    private synchronized List<Attached> snapshot() {
        return List.copyOf(attached.values());
    }

    private List<SourceView> ask(HostInfo other, Instant since) {
        URI uri = URI.create(
                "http://" + other.host() + ":" + other.port() + "/statistics/here?since=" + since.toEpochMilli());
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(uri).timeout(ASK_MAX).build(), HttpResponse.BodyHandlers.ofByteArray());
            return JSON.readValue(answer.body(), new TypeReference<List<SourceView>>() {});
        } catch (IOException e) {
            LOG.debug("Another instance does not answer uri={}", uri, e);
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    @Override
    public void close() throws InterruptedException {
        closing.countDown();
        thread.join(Duration.ofSeconds(20).toMillis());
        snapshot().forEach(Attached::close);
    }
}
