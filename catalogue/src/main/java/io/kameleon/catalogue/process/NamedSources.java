package io.kameleon.catalogue.process;

import io.kameleon.catalogue.process.ServiceDesk.Wishes;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the sources that a service was given are to begin: each once; one that was stopped when it is wanted again; one that ended by
 * an error when the operator has started it since. Belongs to one thread.
 */
final class NamedSources {
    private final Set<String> waiting;
    private final Set<String> ended = new HashSet<>();
    private final Map<String, Optional<Instant>> begunBy = new HashMap<>();

    NamedSources(Collection<String> sources) {
        this.waiting = new HashSet<>(sources);
    }

    /** @param source whose work is over, for whatever reason */
    void ended(String source) {
        if (!waiting.contains(source)) {
            ended.add(source);
        }
    }

    /**
     * Looks once.
     *
     * @param running by name, also those that are about to end
     * @return what is to begin now
     */
    List<String> toBegin(Wishes wishes, Set<String> running) {
        running.stream().filter(wishes.stopped()::contains).forEach(waiting::add);
        for (String source : List.copyOf(ended)) {
            boolean askedSince = !asked(wishes, source).equals(begunBy.get(source));
            if (askedSince) {
                ended.remove(source);
                waiting.add(source);
            }
        }
        List<String> begin = waiting.stream()
                .filter(source -> !wishes.stopped().contains(source) && !running.contains(source))
                .sorted()
                .toList();
        begin.forEach(waiting::remove);
        begin.forEach(source -> begunBy.put(source, asked(wishes, source)));
        return begin;
    }

    private static Optional<Instant> asked(Wishes wishes, String source) {
        return Optional.ofNullable(wishes.askedAt().get(source));
    }

    /** Whether any waits to be wanted. */
    boolean isAnyWaiting() {
        return !waiting.isEmpty();
    }
}
