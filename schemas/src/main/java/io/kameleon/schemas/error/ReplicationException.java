package io.kameleon.schemas.error;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A failure with its place and its remedy. Holds names and positions, never column values or credentials. */
public class ReplicationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, Object> where;

    /**
     * @param what   what happened, one sentence without a full stop
     * @param where  names and coordinates, in the order to print ({@code source}, {@code table}, {@code at}); may be empty
     * @param remedy what the reader of the message can do, one or more whole sentences
     * @param cause  passed on, not pasted into the message; null when there is none
     */
    public ReplicationException(ErrorCode code, String what, Map<String, ?> where, String remedy, Throwable cause) {
        super(message(code, what, where, remedy), cause);
        this.code = requireNonNull(code, "code");
        this.where = Collections.unmodifiableMap(new LinkedHashMap<>(where));
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
            text.append(' ').append(where);
        }
        return text.append(". ").append(remedy).toString();
    }
}
