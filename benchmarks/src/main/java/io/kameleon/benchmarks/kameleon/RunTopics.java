package io.kameleon.benchmarks.kameleon;

import io.kameleon.benchmarks.server.NodeTopics;
import io.kameleon.schemas.wire.TopicLayout;
import java.util.List;

/** The topics of one run. */
final class RunTopics {
    private RunTopics() {}

    static String rows(String prefix) {
        return new TopicLayout(prefix).rows(KameleonConfigFile.SOURCE);
    }

    /** Deletes them, where they are. */
    static void delete(String bootstrapServers, String prefix) throws Exception {
        var layout = new TopicLayout(prefix);
        List<String> topics = List.of(layout.rows(KameleonConfigFile.SOURCE), layout.state(KameleonConfigFile.SOURCE));
        try (var node = new NodeTopics(bootstrapServers)) {
            node.delete(topics);
        }
    }
}
