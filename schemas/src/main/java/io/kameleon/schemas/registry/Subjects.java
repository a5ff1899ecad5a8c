package io.kameleon.schemas.registry;

import org.apache.avro.Schema;

/** Subject names by Confluent's TopicRecordNameStrategy: several record types in one topic, each with versions of its own. */
public final class Subjects {
    private Subjects() {}

    /** {@code <topic>-<record's full name>}, for key and value alike. */
    public static String of(String topic, Schema schema) {
        return topic + "-" + schema.getFullName();
    }
}
