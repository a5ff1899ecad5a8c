package io.kameleon.benchmarks.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Which versions of the peers are fetched; set in the module's {@code pom.xml}. */
record PeerVersions(Map<String, String> byArtifact) {
    private static final String RESOURCE = "peers.properties";

    PeerVersions {
        byArtifact = Map.copyOf(byArtifact);
    }

    static PeerVersions load() {
        var properties = new Properties();
        try (InputStream in = PeerVersions.class.getResourceAsStream(RESOURCE)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
        var versions = new TreeMap<String, String>();
        properties.forEach((artifact, version) -> versions.put((String) artifact, (String) version));
        return new PeerVersions(versions);
    }

    /** @throws IllegalArgumentException when the artifact is none of the peers' */
    String of(String artifact) {
        String version = byArtifact.get(artifact);
        if (version == null) {
            throw new IllegalArgumentException("no version of " + artifact);
        }
        return version;
    }
}
