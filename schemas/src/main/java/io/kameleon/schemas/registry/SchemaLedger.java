package io.kameleon.schemas.registry;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The contents of the schema topic up to an offset: what a sequence of its records amounts to. Thread-safe.
 *
 * <p>An id belongs to a schema's text for ever, whatever happens to its subjects.
 */
final class SchemaLedger {
    private final Map<String, TreeMap<Integer, StoredSchema>> versionsBySubject = new TreeMap<>();
    private final Map<Integer, StoredSchema> schemaById = new HashMap<>();
    private final Map<TypedText, Integer> idByText = new HashMap<>();
    private int highestId;

    /** One text is two schemas when it is of two types. */
    private record TypedText(String type, ByteBuffer digest) {}

    synchronized void apply(SchemaTopicFormat.Entry entry) {
        if (entry instanceof SchemaTopicFormat.Stored stored) {
            store(stored.schema());
        } else if (entry instanceof SchemaTopicFormat.SubjectDeleted deleted) {
            markDeleted(deleted);
        } else if (entry instanceof SchemaTopicFormat.Removed removed) {
            versionsOf(removed.subject()).remove(removed.version());
        }
    }

    private void store(StoredSchema schema) {
        versionsBySubject
                .computeIfAbsent(schema.subject(), s -> new TreeMap<>())
                .put(schema.version(), schema);
        schemaById.putIfAbsent(schema.id(), schema);
        idByText.putIfAbsent(new TypedText(schema.type(), schema.text().digest()), schema.id());
        highestId = Math.max(highestId, schema.id());
    }

    private void markDeleted(SchemaTopicFormat.SubjectDeleted deleted) {
        versionsOf(deleted.subject())
                .headMap(deleted.lastVersion(), true)
                .replaceAll((version, schema) -> schema.asDeleted());
    }

    /** An Avro schema that is to be registered. */
    record Wanted(String subject, String text) {}

    /** The versions that registrations have to add: none for a schema that a live version of its subject holds already. */
    synchronized List<StoredSchema> proposals(Collection<Wanted> wanted) {
        var proposals = new ArrayList<StoredSchema>();
        var newIds = new HashMap<String, Integer>();
        var newVersions = new HashMap<String, Integer>();
        for (Wanted schema : new LinkedHashSet<>(wanted)) {
            if (find(schema.subject(), schema.text()).isEmpty()) {
                int version =
                        newVersions.merge(schema.subject(), lastVersion(schema.subject()) + 1, (v, first) -> v + 1);
                Integer known = idByText.get(new TypedText(StoredSchema.AVRO, TextDigest.of(schema.text())));
                int id = known != null
                        ? known
                        : newIds.computeIfAbsent(schema.text(), text -> highestId + 1 + newIds.size());
                var text = SchemaText.of(schema.text());
                proposals.add(new StoredSchema(schema.subject(), version, id, StoredSchema.AVRO, text, false));
            }
        }
        return proposals;
    }

    private int lastVersion(String subject) {
        TreeMap<Integer, StoredSchema> versions = versionsOf(subject);
        return versions.isEmpty() ? 0 : versions.lastKey();
    }

    /** The subject's newest live version with this Avro schema. */
    synchronized Optional<StoredSchema> find(String subject, String text) {
        ByteBuffer digest = TextDigest.of(text);
        return versionsOf(subject).values().stream()
                .filter(s -> s.isLive()
                        && s.type().equals(StoredSchema.AVRO)
                        && s.text().digest().equals(digest))
                .reduce((older, newer) -> newer);
    }

    synchronized Optional<StoredSchema> byId(int id) {
        return Optional.ofNullable(schemaById.get(id));
    }

    /** Live versions in ascending order. */
    synchronized List<StoredSchema> versions(String subject) {
        return versionsOf(subject).values().stream()
                .filter(StoredSchema::isLive)
                .toList();
    }

    synchronized List<String> subjects() {
        return versionsBySubject.keySet().stream()
                .filter(s -> !versions(s).isEmpty())
                .toList();
    }

    /** Live versions of any subject that hold the schema. */
    synchronized List<StoredSchema> versionsOfId(int id) {
        return versionsBySubject.values().stream()
                .map(TreeMap::values)
                .flatMap(Collection::stream)
                .filter(s -> s.isLive() && s.id() == id)
                .toList();
    }

    private TreeMap<Integer, StoredSchema> versionsOf(String subject) {
        return versionsBySubject.getOrDefault(subject, new TreeMap<>());
    }
}
