package io.kameleon.admin.detach;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.reader.publish.SourceTopics;
import io.kameleon.schemas.record.ReadStateRecord;
import io.kameleon.schemas.row.RowSchemas;
import io.kameleon.schemas.wire.TopicLayout;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Takes a source's topics away, and their subjects in the registry. */
final class TopicRemoval {
    private static final String OWN_RECORDS = ReadStateRecord.class.getPackageName() + ".";

    private TopicRemoval() {}

    /**
     * @return a note when the subjects could not be deleted: what is left of them harms nobody
     * @throws io.kameleon.schemas.error.ReplicationException BROKER_UNREACHABLE
     */
    static Optional<String> run(KafkaAccess kafka, TopicLayout topics, String source) {
        SourceTopics.delete(kafka.properties(), topics, source);
        try {
            for (String topic : List.of(topics.rows(source), topics.state(source), topics.requests(source))) {
                deleteSubjects(kafka.registry(), topic);
            }
            return Optional.empty();
        } catch (IOException | RestClientException e) {
            return Optional.of("The registry's subjects of the source's topics were not deleted: " + e.getMessage());
        }
    }

    private static void deleteSubjects(SchemaRegistryClient registry, String topic)
            throws IOException, RestClientException {
        for (String subject : registry.getAllSubjects()) {
            if (isOf(topic, subject)) {
                registry.deleteSubject(subject);
            }
        }
    }

    /** Of this topic, and not of one whose name goes on behind a hyphen. */
    static boolean isOf(String topic, String subject) {
        String begin = topic + "-";
        if (!subject.startsWith(begin)) {
            return false;
        }
        String recordName = subject.substring(begin.length());
        return recordName.startsWith(OWN_RECORDS) || recordName.startsWith(RowSchemas.namespace(topic) + ".");
    }
}
