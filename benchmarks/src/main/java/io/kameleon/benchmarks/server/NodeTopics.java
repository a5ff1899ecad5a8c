package io.kameleon.benchmarks.server;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Creates, counts and deletes topics of one partition on the benchmark's node. Used by one thread. */
public final class NodeTopics implements AutoCloseable {
    private static final long WAIT_SECONDS_MAX = 60;

    private final Admin admin;

    public NodeTopics(String bootstrapServers) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    public void create(Collection<String> topics) throws Exception {
        var wanted =
                topics.stream().map(topic -> new NewTopic(topic, 1, (short) 1)).toList();
        admin.createTopics(wanted).all().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** Records in all of them; topics that are not there hold none. */
    public long records(Collection<String> topics) throws Exception {
        List<String> present = present(topics);
        if (present.isEmpty()) {
            return 0;
        }
        Map<TopicPartition, OffsetSpec> asked = present.stream()
                .collect(Collectors.toMap(topic -> new TopicPartition(topic, 0), topic -> OffsetSpec.latest()));
        return admin.listOffsets(asked).all().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS).values().stream()
                .mapToLong(answer -> answer.offset())
                .sum();
    }

    /** Also of topics that are not there. */
    public void delete(Collection<String> topics) throws Exception {
        List<String> present = present(topics);
        if (!present.isEmpty()) {
            admin.deleteTopics(present).all().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    private List<String> present(Collection<String> topics)
            throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
        var names = admin.listTopics().names().get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        return topics.stream().filter(names::contains).toList();
    }

    @Override
    public void close() {
        admin.close();
    }
}
