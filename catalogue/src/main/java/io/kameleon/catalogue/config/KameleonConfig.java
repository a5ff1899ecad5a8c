package io.kameleon.catalogue.config;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One configuration file, read, checked and complete: every default is filled in. Immutable.
 *
 * @param file           the file that it came from
 * @param sources        by name, in the file's order; never holds a source of a type that is not replicated
 * @param refusedSources name to reason of the sources that stand in the file and cannot be used; naming one of them in a
 *                       command fails with that reason
 * @param notes          what an operator should know about the file: keys that have no effect here and what replaces them
 */
public record KameleonConfig(
        Path file,
        GlobalConfig global,
        PgConnConfig pg,
        KafkaConfig kafka,
        RegistryConfig registry,
        Map<String, SourceConfig> sources,
        Map<String, String> refusedSources,
        List<ConfigNote> notes) {
    public KameleonConfig {
        requireNonNull(file, "file");
        requireNonNull(global, "global");
        requireNonNull(pg, "pg");
        requireNonNull(kafka, "kafka");
        requireNonNull(registry, "registry");
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        refusedSources = Collections.unmodifiableMap(new LinkedHashMap<>(refusedSources));
        notes = List.copyOf(notes);
    }

    /**
     * The source of that name.
     *
     * @throws ReplicationException SOURCE_UNKNOWN when the file has no such source, or has one that cannot be used
     */
    public SourceConfig source(String name) {
        SourceConfig found = sources.get(name);
        if (found != null) {
            return found;
        }
        String refused = refusedSources.get(name);
        if (refused != null) {
            throw new ReplicationException(
                    ErrorCode.SOURCE_UNKNOWN,
                    "The source '" + name + "' cannot be replicated",
                    Map.of("file", file),
                    refused);
        }
        throw new ReplicationException(
                ErrorCode.SOURCE_UNKNOWN,
                "The configuration has no source '" + name + "'",
                Map.of("file", file),
                sources.isEmpty()
                        ? "Add it under 'sources'."
                        : "Use one of " + String.join(", ", sources.keySet()) + ", or add it under 'sources'.");
    }

    /** The effective values in the shape of the file, secrets masked: for {@code show_config} and the start of the log. */
    public Map<String, Object> toMaskedMap() {
        return MaskedConfig.render(this);
    }
}
