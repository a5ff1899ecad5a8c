package io.kameleon.benchmarks.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * How many records committed transactions have put into topics, as their offsets grow. Offsets count the marks of Kafka's transactions and
 * records that are no rows too, so the end is told by silence: as many records as rows, and no more for two seconds.
 */
public final class TopicProgress implements RowCounter, AutoCloseable {
    private static final long WAIT_SECONDS_MAX = 30;

    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final Admin admin;
    private final Supplier<Collection<String>> topics;
    private long base;

    /** @param topics asked at every look, since some contenders create theirs as they go; of each, partition 0 counts */
    public TopicProgress(String bootstrapServers, Supplier<Collection<String>> topics) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.topics = topics;
    }

    /** What is in the topics now does not count. */
    public TopicProgress fromHere() throws Exception {
        base = end();
        return this;
    }

    @Override
    public long rows() throws Exception {
        return end() - base;
    }

    @Override
    public boolean isComplete(long seen, long expected, Duration sinceGrowth) {
        return seen >= expected && sinceGrowth.compareTo(SILENCE) >= 0;
    }

    private long end() throws Exception {
        List<String> present = new ArrayList<>(topics.get());
        if (present.isEmpty()) {
            return 0;
        }
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        present.forEach(topic -> asked.put(new TopicPartition(topic, 0), OffsetSpec.latest()));
        var answer = admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        return answer.values().stream().mapToLong(offset -> offset.offset()).sum();
    }

    @Override
    public void close() {
        admin.close();
    }
}
