package io.kameleon.replay.consume;

import io.kameleon.catalogue.config.SkipEvents;
import io.kameleon.replay.row.RowOperation;
import io.kameleon.schemas.table.TableId;

/** {@code skip_events} as rows meet it. */
final class SkippedEvents {
    private final SkipEvents configured;

    SkippedEvents(SkipEvents configured) {
        this.configured = configured;
    }

    boolean isEmpty() {
        return configured.entries().isEmpty();
    }

    boolean skips(RowOperation operation, TableId table) {
        SkipEvents.Kind kind =
                switch (operation) {
                    case CREATE, READ -> SkipEvents.Kind.INSERT;
                    case UPDATE -> SkipEvents.Kind.UPDATE;
                    case DELETE -> SkipEvents.Kind.DELETE;
                };
        return configured.skips(kind, table);
    }
}
