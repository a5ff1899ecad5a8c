package io.kameleon.admin.runtime;

import io.kameleon.catalogue.config.ConfigEnvironment;
import io.kameleon.catalogue.config.ConfigLoader;
import io.kameleon.catalogue.config.ConfigLocation;
import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.config.KameleonHome;
import io.kameleon.catalogue.config.SourceConfig;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.ReplicaSource;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.util.Map;

/** One configuration and what it leads to; connections are opened when asked for. Thread-safe. */
public final class Installation {
    private final KameleonConfig config;
    private Catalogue catalogue;

    private Installation(KameleonConfig config) {
        this.config = config;
    }

    /**
     * @param nameOrPath as {@code --config} takes it
     * @throws ReplicationException CONFIGURATION_INVALID with every fault of the file
     */
    public static Installation load(String nameOrPath) {
        var environment = ConfigEnvironment.ofProcess();
        return new Installation(ConfigLoader.load(ConfigLocation.resolve(nameOrPath, environment), environment));
    }

    public static KameleonHome home() {
        return ConfigEnvironment.ofProcess().home();
    }

    public KameleonConfig config() {
        return config;
    }

    /** @throws ReplicationException SOURCE_UNKNOWN */
    public SourceConfig source(String name) {
        return config.source(name);
    }

    /**
     * The database, whether it has a catalogue or not.
     *
     * @throws ReplicationException DESTINATION_UNREACHABLE, DESTINATION_ACCESS_DENIED, DESTINATION_SETTING
     */
    public synchronized Catalogue database() {
        if (catalogue == null) {
            catalogue = Catalogue.open(config.pg());
        }
        return catalogue;
    }

    /** The catalogue in this build's version. @throws ReplicationException also CATALOGUE_MISSING, CATALOGUE_VERSION */
    public Catalogue catalogue() {
        Catalogue found = database();
        found.requireVersion();
        return found;
    }

    /** A source that was added. @throws ReplicationException SOURCE_UNKNOWN, with the command to run */
    public ReplicaSource registered(String name) {
        source(name);
        return catalogue()
                .read(connection -> new SourceStore().find(connection, name))
                .orElseThrow(() -> new ReplicationException(
                        ErrorCode.SOURCE_UNKNOWN,
                        "The source '" + name + "' is in the configuration but was not added to the catalogue",
                        Map.of("source", name),
                        "Run 'kameleon add_source --source " + name + "'."));
    }
}
