package io.kameleon.catalogue.config;

import io.kameleon.catalogue.config.KafkaConfig.Broker;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the sections {@code kafka} and {@code schema_registry}. */
final class TransportReader {
    static final Pattern TOPIC_PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    private static final String EMBEDDED = "embedded";
    private static final short REPLICATION_OF_BROKER = -1;
    private static final Pattern SERVER = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:,\\[\\]/]+):(\\d{1,5})");
    private static final Pattern URL = Pattern.compile("https?://[^\\s,]+", Pattern.CASE_INSENSITIVE);

    /** What Kameleon sets itself, because a replica is only exact with these. */
    private static final Set<String> OURS = Set.of(
            "bootstrap.servers",
            "transactional.id",
            "enable.idempotence",
            "acks",
            "isolation.level",
            "group.id",
            "enable.auto.commit",
            "auto.offset.reset",
            "key.serializer",
            "value.serializer",
            "key.deserializer",
            "value.deserializer");

    private final ConfigReading reading;
    private final Path directoryDefault;

    TransportReader(ConfigReading reading, Path directoryDefault) {
        this.reading = reading;
        this.directoryDefault = directoryDefault;
    }

    KafkaConfig kafka(ConfigNode node) {
        node.refuseUnknownKeys();
        Broker broker = broker(node);
        short replication = node.read("replication_factor", REPLICATION_OF_BROKER, TransportReader::replication);
        ConfigNode properties = node.section("properties");
        for (String name : properties.names()) {
            if (OURS.contains(name)) {
                properties.fault(name, "cannot be set: Kameleon sets it itself, to keep the replica exact");
            }
        }
        return new KafkaConfig(
                broker,
                node.read("topic_prefix", "kameleon", TransportReader::topicPart),
                broker instanceof KafkaConfig.Embedded ? 1 : replication,
                properties(properties));
    }

    RegistryConfig registry(ConfigNode root) {
        if (root.rawText("schema_registry").filter(TransportReader::isEmbedded).isPresent()) {
            return new RegistryConfig(new RegistryConfig.Embedded(), ClientProperties.NONE);
        }
        ConfigNode node = root.section("schema_registry");
        node.refuseUnknownKeys();
        RegistryConfig.Registry registry =
                node.read("url", new RegistryConfig.Embedded(), TransportReader::registryServer);
        return new RegistryConfig(registry, properties(node.section("properties")));
    }

    static void noteCharset(ConfigNode node) {
        node.read("charset", ConfigValues.text())
                .filter(charset ->
                        !Set.of("utf8", "utf-8", "utf8mb3", "utf8mb4").contains(charset.toLowerCase(Locale.ROOT)))
                .ifPresent(charset -> node.note(
                        "charset",
                        "The connection speaks UTF-8 all the same; columns are read in their own character sets."));
    }

    private Broker broker(ConfigNode node) {
        Path directory = node.read("directory", directoryDefault, text -> reading.interpolation()
                .path(ConfigValues.text().parse(text)));
        int port = node.read("port", 0, ConfigValues.integer(0, 65_535));
        List<String> servers = node.list("bootstrap_servers", TransportReader::servers);
        if (servers.isEmpty() || servers.equals(List.of(EMBEDDED))) {
            return new KafkaConfig.Embedded(directory, port);
        }
        if (servers.contains(EMBEDDED)) {
            node.fault("bootstrap_servers", "names servers beside 'embedded'; allowed: one or the other");
        }
        for (String name : List.of("directory", "port")) {
            if (node.has(name)) {
                node.note(
                        name, "Has no effect: it is for the embedded broker, and bootstrap_servers names another one.");
            }
        }
        return new KafkaConfig.Cluster(String.join(",", servers));
    }

    private static String servers(String text) {
        if (isEmbedded(text)) {
            return EMBEDDED;
        }
        String compact = text.replace(" ", "");
        for (String server : compact.split(",", -1)) {
            var parts = SERVER.matcher(server);
            if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65_535) {
                throw new IllegalArgumentException("");
            }
        }
        return compact;
    }

    private static RegistryConfig.Registry registryServer(String text) {
        if (isEmbedded(text)) {
            return new RegistryConfig.Embedded();
        }
        String compact = text.replace(" ", "");
        for (String url : compact.split(",", -1)) {
            if (!URL.matcher(url).matches()) {
                throw new IllegalArgumentException("");
            }
        }
        return new RegistryConfig.Server(compact);
    }

    private static boolean isEmbedded(String text) {
        return text.strip().toLowerCase(Locale.ROOT).equals(EMBEDDED);
    }

    private static String topicPart(String text) {
        if (!TOPIC_PART.matcher(text).matches()) {
            throw new IllegalArgumentException("");
        }
        return text;
    }

    private static short replication(String text) {
        long factor = ConfigValues.wholeNumber(text, REPLICATION_OF_BROKER, 100);
        if (factor == 0) {
            throw new IllegalArgumentException("");
        }
        return (short) factor;
    }

    private static ClientProperties properties(ConfigNode node) {
        var values = new LinkedHashMap<String, String>();
        var secrets = new LinkedHashSet<String>();
        for (String name : node.names()) {
            values.put(name, node.read(name, "", text -> text));
            node.rawText(name).filter(Interpolation::hasReference).ifPresent(raw -> secrets.add(name));
        }
        return new ClientProperties(values, secrets);
    }
}
