package io.kameleon.admin.command;

import io.kameleon.catalogue.store.Resync;
import java.util.Locale;

/** How a table's copy beside the stream is told, behind the table's name. */
final class ResyncText {
    private ResyncText() {}

    static String of(Resync resync) {
        String attempt = resync.failures() == 0 ? "" : ", attempt " + (resync.failures() + 1);
        String last = resync.lastFailure()
                .map(reason -> "; the last one failed: " + reason)
                .orElse("");
        return switch (resync.phase()) {
            case WAITING -> "waits to be copied again" + attempt + last;
            case PREPARING -> "is copied again: the reader is asked for its definition" + attempt + last;
            case COPYING ->
                String.format(
                        Locale.ROOT,
                        "is copied again: %,d of about %,d rows%s%s",
                        resync.rowsCopied(),
                        Math.max(resync.rowsEstimated(), resync.rowsCopied()),
                        attempt,
                        last);
            case CATCHING_UP ->
                String.format(
                        Locale.ROOT,
                        "is copied again: %,d rows, catching up with the stream%s%s",
                        resync.rowsCopied(),
                        attempt,
                        last);
            case DONE -> String.format(Locale.ROOT, "was copied again, %,d rows", resync.rowsCopied());
            case GIVEN_UP -> "was not copied again: " + resync.lastFailure().orElse("it failed too often");
        };
    }
}
