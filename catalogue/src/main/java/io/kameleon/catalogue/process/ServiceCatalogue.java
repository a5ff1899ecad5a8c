package io.kameleon.catalogue.process;

import io.kameleon.catalogue.config.PgConnConfig;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.schemas.error.ReplicationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The catalogue as all parts of a service use it, so that they share its connection; looked for until it is found.
 *
 * <p>Thread-safe, and nobody waits for another one's look.
 */
final class ServiceCatalogue {
    private final PgConnConfig pg;
    private final AtomicReference<Catalogue> found = new AtomicReference<>();

    ServiceCatalogue(PgConnConfig pg) {
        this.pg = pg;
    }

    /** @throws ReplicationException as {@link Catalogue#open} and, the first time, {@link Catalogue#requireVersion} */
    Catalogue get() {
        Catalogue known = found.get();
        if (known != null) {
            return known;
        }
        Catalogue opened = Catalogue.open(pg);
        opened.requireVersion();
        return found.compareAndSet(null, opened) ? opened : found.get();
    }

    /** Does something with the catalogue when there is one. */
    void ifFound(Consumer<Catalogue> work) {
        Catalogue known = found.get();
        if (known != null) {
            work.accept(known);
        }
    }
}
