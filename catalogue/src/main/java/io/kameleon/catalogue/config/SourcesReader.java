package io.kameleon.catalogue.config;

import io.kameleon.catalogue.config.SourceConfig.TypeProfile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the section {@code sources} and checks what holds between sources. */
final class SourcesReader {
    private static final Set<String> SYSTEM_SCHEMAS = Set.of("pg_catalog", "pg_toast", "information_schema");
    private static final Set<String> ORIGIN_SYSTEM_SCHEMAS =
            Set.of("mysql", "information_schema", "performance_schema", "sys");
    private static final String CATALOGUE_SCHEMA = "sch_kameleon";
    private static final int NAME_BYTES_MAX = 63;

    /** Kafka takes no two topics whose names differ only in dots and underscores. */
    private static final List<String> OTHER_TOPICS = List.of("progress", "dead_letter", "dead-letter");

    private final ConfigReading reading;
    private final PgConnConfig pg;
    private final List<FillfactorRule> fillfactors;
    private final TypeProfile typeProfile;
    private final Map<String, String> destinationHolders = new HashMap<>();
    private final Map<String, String> serverIdHolders = new HashMap<>();
    private final Map<String, String> topicHolders = new HashMap<>();

    SourcesReader(ConfigReading reading, PgConnConfig pg, List<FillfactorRule> fillfactors, TypeProfile typeProfile) {
        this.reading = reading;
        this.pg = pg;
        this.fillfactors = fillfactors;
        this.typeProfile = typeProfile;
        OTHER_TOPICS.forEach(topic -> topicHolders.put(canonicalTopic(topic), "a topic of Kameleon's own"));
    }

    Sources read(ConfigNode sources) {
        var usable = new LinkedHashMap<String, SourceConfig>();
        var refused = new LinkedHashMap<String, String>();
        for (String name : sources.names()) {
            ConfigNode node = sources.section(name);
            if (isPostgres(node)) {
                refused.put(name, refuse(sources, name));
            } else {
                checkName(sources, name);
                SourceConfig source = new SourceReader(reading, pg, fillfactors, typeProfile).read(name, node);
                checkMappings(source, node.section("schema_mappings"));
                checkServerId(source, node);
                usable.put(name, source);
            }
        }
        return new Sources(usable, refused);
    }

    /** pg_chameleon's example has the type of such a source inside db_conn. */
    private static boolean isPostgres(ConfigNode node) {
        return isPostgresType(node) || isPostgresType(node.sectionIfMapping("db_conn"));
    }

    private static boolean isPostgresType(ConfigNode node) {
        return node.rawText("type")
                .filter(type -> type.strip().equalsIgnoreCase("pgsql"))
                .isPresent();
    }

    private static String refuse(ConfigNode sources, String name) {
        sources.note(
                name,
                "A source of type pgsql is not replicated and is left out. PostgreSQL's own logical replication does that"
                        + " job.");
        return "It has the type pgsql, and only mysql and mariadb are replicated: use PostgreSQL's logical replication.";
    }

    private void checkName(ConfigNode sources, String name) {
        if (!TransportReader.TOPIC_PART.matcher(name).matches()) {
            sources.fault(
                    name,
                    "is not a name for a source; allowed: 1 to 100 letters, digits, '.', '_' and '-', not beginning with"
                            + " '.' or '-'");
            return;
        }
        for (String topic : List.of(name, name + ".state")) {
            String holder = topicHolders.putIfAbsent(canonicalTopic(topic), "the source '" + name + "'");
            if (holder != null) {
                sources.fault(name, "gives a topic that is too like one of " + holder + "; choose another name");
                return;
            }
        }
    }

    private static String canonicalTopic(String topic) {
        return topic.replace('.', '_');
    }

    private void checkMappings(SourceConfig source, ConfigNode mappings) {
        source.schemaMappings().forEach((origin, destination) -> {
            if (ORIGIN_SYSTEM_SCHEMAS.contains(origin)) {
                mappings.fault(origin, "is a system schema of the source and is not replicated");
            }
            checkDestination(mappings, origin, destination);
            String place = "sources." + source.name() + ".schema_mappings." + origin;
            String holder = destinationHolders.putIfAbsent(destination, place);
            if (holder != null) {
                mappings.fault(
                        origin,
                        "maps to '" + destination + "', as " + holder
                                + " does; a destination schema belongs to one mapping only");
            }
        });
    }

    private static void checkDestination(ConfigNode mappings, String origin, String destination) {
        if (destination.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
            mappings.fault(origin, "maps to a name of more than 63 bytes, which PostgreSQL would cut off");
        }
        if (destination.equals(CATALOGUE_SCHEMA)
                || destination.startsWith("pg_")
                || SYSTEM_SCHEMAS.contains(destination)) {
            mappings.fault(origin, "maps to '" + destination + "', which is not for replicated tables");
        }
    }

    private void checkServerId(SourceConfig source, ConfigNode node) {
        String holder = serverIdHolders.putIfAbsent(source.dbConn().address() + "#" + source.serverId(), source.name());
        if (holder != null) {
            node.fault(
                    "my_server_id",
                    source.serverId() + " is also that of the source '" + holder
                            + "' on the same server; allowed: a number that no other replica of the server has");
        }
    }

    /** What the section holds: the sources to replicate, and name to reason of those that cannot be. */
    record Sources(Map<String, SourceConfig> usable, Map<String, String> refused) {}
}
