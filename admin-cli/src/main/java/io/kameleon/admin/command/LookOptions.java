package io.kameleon.admin.command;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which sources a command shows, within which limit, once or again and again. */
final class LookOptions {
    /** Home, and nothing from there on; what is drawn again comes over what was there. */
    private static final String CLEAR = "\u001b[H\u001b[J";

    @Option(
            names = {"-s", "--source"},
            paramLabel = "NAME",
            description = "Only this source, with its tables.")
    private String source;

    @Option(names = "--max-lag-seconds", paramLabel = "N", description = "Exit 1 when a source is further behind.")
    private Optional<Long> maxLagSeconds = Optional.empty();

    @Option(
            names = "--watch",
            arity = "0..1",
            fallbackValue = "2",
            paramLabel = "SECONDS",
            description =
                    "Shows it again every SECONDS, until Ctrl-C or until a source is over --max-lag-seconds. Without a"
                            + " number: 2.")
    private Optional<Integer> watchSeconds = Optional.empty();

    boolean isForOne() {
        return source != null;
    }

    /** The one that is asked for, else all that were added and are configured. @throws ReplicationException SOURCE_UNKNOWN */
    List<String> names(Installation installation) {
        if (source != null) {
            installation.registered(source);
            return List.of(source);
        }
        return installation.catalogue().read(connection -> new SourceStore().list(connection)).stream()
                .map(registered -> registered.name())
                .filter(installation.config().sources()::containsKey)
                .toList();
    }

    /** @param lagSeconds empty when it is not known, which is over any limit */
    boolean isOverLimit(boolean running, Optional<Double> lagSeconds) {
        return maxLagSeconds.isPresent() && (!running || lagSeconds.orElse(Double.MAX_VALUE) > maxLagSeconds.get());
    }

    /**
     * Looks once, or again and again; while watching, a server that is away for a time is told, and looked for again.
     *
     * @param drawsOver whether a look takes the place of the one before
     * @param look      shows it; true when no source is over the limit
     * @return the exit code
     */
    int show(CommandLine command, boolean drawsOver, BooleanSupplier look) {
        if (watchSeconds.filter(seconds -> seconds < 1).isPresent()) {
            throw new ParameterException(command, "--watch takes a whole number of seconds from 1 on.");
        }
        boolean within = true;
        do {
            if (watchSeconds.isPresent() && drawsOver) {
                command.getOut().print(CLEAR);
            }
            within = watchSeconds.isEmpty() ? look.getAsBoolean() : lookThoughAway(command.getErr(), look);
        } while (within && watchSeconds.isPresent() && pause(watchSeconds.get()));
        return within ? 0 : 1;
    }

    private static boolean lookThoughAway(PrintWriter err, BooleanSupplier look) {
        try {
            return look.getAsBoolean();
        } catch (ReplicationException e) {
            if (e.code().handling() != Handling.RETRY) {
                throw e;
            }
            err.println(e.getMessage());
            err.flush();
            return true;
        }
    }

    /** @return whether it is to go on */
    private static boolean pause(int seconds) {
        try {
            Thread.sleep(Duration.ofSeconds(seconds).toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
