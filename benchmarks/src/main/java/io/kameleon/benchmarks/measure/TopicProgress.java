package io.kameleon.benchmarks.measure;

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
 * How many records committed transactions have put into topics, as offsets grow. Offsets count the marks of Kafka's transactions
 * too; {@link #rows()} never says more than the given number of rows, and says that number only when the contender has said that
 * it is through.
 */
public final class TopicProgress implements RowCounter, AutoCloseable {
    private static final long WAIT_SECONDS_MAX = 30;

    private final Admin admin;
    private final Supplier<Collection<String>> topics;
    private final long rows;
    private final Completion completion;
    private long base = -1;

    /** Says whether everything is in the topics. */
    @FunctionalInterface
    public interface Completion {
        /** @param offsets records in the topics since the beginning, marks included; asked once they are at least the rows */
        boolean isComplete(long offsets) throws Exception;
    }

    /**
     * @param topics asked at every look, since some contenders create theirs as they go; all of their partitions 0 count
     * @param rows   how many will arrive
     */
    public TopicProgress(
            String bootstrapServers, Supplier<Collection<String>> topics, long rows, Completion completion) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.topics = topics;
        this.rows = rows;
        this.completion = completion;
    }

    /** What is in the topics now does not count. */
    public TopicProgress fromHere() throws Exception {
        base = end();
        return this;
    }

    @Override
    public long rows() throws Exception {
        if (base < 0) {
            base = 0;
        }
        long moved = end() - base;
        if (moved < rows) {
            return moved;
        }
        return completion.isComplete(moved) ? rows : rows - 1;
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
