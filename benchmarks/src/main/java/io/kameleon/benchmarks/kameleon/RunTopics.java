package io.kameleon.benchmarks.kameleon;

import io.kameleon.schemas.wire.TopicLayout;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of one run. */
final class RunTopics {
    private static final long WAIT_SECONDS_MAX = 30;

    private RunTopics() {}

    static String rows(String prefix) {
        return new TopicLayout(prefix).rows(KameleonConfigFile.SOURCE);
    }

    /** Deletes them, where they are. */
    static void delete(String bootstrapServers, String prefix) throws Exception {
        var layout = new TopicLayout(prefix);
        List<String> topics = List.of(layout.rows(KameleonConfigFile.SOURCE), layout.state(KameleonConfigFile.SOURCE));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            for (var deletion : admin.deleteTopics(topics).topicNameValues().values()) {
                try {
                    deletion.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                        throw e;
                    }
                }
            }
        }
    }
}
