package io.kameleon.catalogue.process;

import static java.util.Objects.requireNonNull;

import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.config.SourceConfig;
import io.kameleon.catalogue.config.TableFilter;
import io.kameleon.catalogue.transport.Transport;
import io.kameleon.schemas.progress.ProgressMeter;

/**
 * What a service does for one source.
 *
 * @param work returns once {@code stop} was called, or throws what forbids to go on
 * @param stop asks {@code work} to end, from any thread, also before it began; returns at once
 * @param progress what it counts
 */
public record Worker(Runnable work, Runnable stop, ProgressMeter progress) {
    public Worker {
        requireNonNull(work, "work");
        requireNonNull(stop, "stop");
        requireNonNull(progress, "progress");
    }

    /** Makes the worker of a source; it must not connect to anything yet. */
    @FunctionalInterface
    public interface Factory {
        /** @param filter with the mappings of the catalogue, or of the file while the catalogue cannot be reached */
        Worker create(KameleonConfig config, SourceConfig source, TableFilter filter, Transport transport);
    }
}
