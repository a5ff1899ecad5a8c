package io.kameleon.catalogue.store;

import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.config.SourceConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * A digest of the settings that decide what is replicated and how it looks: mappings, table lists, type overrides, skipped
 * events. When it differs from the catalogue's, the file was edited after the source was added. Holds nothing secret.
 */
public final class ConfigFingerprint {
    private ConfigFingerprint() {}

    /** SHA-256 in lower-case hexadecimal. */
    public static String of(KameleonConfig config, SourceConfig source) {
        List<Object> parts = List.of(
                source.kind(),
                new TreeMap<>(source.schemaMappings()),
                source.limitTables(),
                source.skipTables(),
                source.skipEvents(),
                config.global().typeOverrides());
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(parts.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
