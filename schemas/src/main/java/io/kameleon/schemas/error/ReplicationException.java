package io.kameleon.schemas.error;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A failure with its place and its remedy. Holds names and positions, never column values or credentials. */
public class ReplicationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The names in the order in which messages show them, from the whole to the part; all others follow, sorted. */
    private static final List<String> ORDER =
            List.of("source", "server", "destination", "user", "schema", "table", "column", "topic");

    private final ErrorCode code;
    private final transient Map<String, Object> where;

    /**
     * @param what   what happened, one sentence without a full stop
     * @param where  names and coordinates ({@code source}, {@code table}, {@code at}), printed in one order whatever the
     *               map's; may be empty
     * @param remedy what the reader of the message can do, one or more whole sentences
     * @param cause  passed on, not pasted into the message; null when there is none
     */
    public ReplicationException(ErrorCode code, String what, Map<String, ?> where, String remedy, Throwable cause) {
        super(message(code, what, where, remedy), cause);
        this.code = requireNonNull(code, "code");
        this.where = Collections.unmodifiableMap(ordered(where));
    }

    public ReplicationException(ErrorCode code, String what, Map<String, ?> where, String remedy) {
        this(code, what, where, remedy, null);
    }

    public ErrorCode code() {
        return code;
    }

    public Map<String, Object> where() {
        return where;
    }

    private static String message(ErrorCode code, String what, Map<String, ?> where, String remedy) {
        var text = new StringBuilder().append(code).append(": ").append(what);
        if (!where.isEmpty()) {
            text.append(' ').append(ordered(where));
        }
        return text.append(". ").append(remedy).toString();
    }

    private static Map<String, Object> ordered(Map<String, ?> where) {
        var ordered = new TreeMap<String, Object>(
                Comparator.comparingInt(ReplicationException::rank).thenComparing(Comparator.naturalOrder()));
        ordered.putAll(where);
        return ordered;
    }

    private static int rank(String name) {
        int known = ORDER.indexOf(name);
        return known < 0 ? ORDER.size() : known;
    }
}
