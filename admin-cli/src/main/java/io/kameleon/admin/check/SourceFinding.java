package io.kameleon.admin.check;

import static java.util.Objects.requireNonNull;

/**
 * Something that an operator should know of a source before it is copied.
 *
 * @param subject table, schema or setting
 * @param code    stable word for machines: {@code NO_KEY}, {@code CASCADE}, ...
 * @param finding one sentence
 * @param remedy  what can be done; empty when there is nothing to do
 */
public record SourceFinding(Severity severity, String subject, String code, String finding, String remedy) {
    public SourceFinding {
        requireNonNull(severity, "severity");
        requireNonNull(subject, "subject");
        requireNonNull(code, "code");
        requireNonNull(finding, "finding");
        requireNonNull(remedy, "remedy");
    }

    /** Worst first. */
    public enum Severity {
        /** The source, or that table, cannot be replicated. */
        BLOCKS,
        /** It is replicated, but something may differ or be slow. */
        RISK,
        /** It is replicated in another form. */
        NOTE
    }
}
