package io.kameleon.reader.server;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.error.ErrorCode;

/**
 * Something about a source that has to, or should, be changed.
 *
 * @param setting   variable, privilege or schema: {@code binlog_format}, {@code privilege SELECT}, {@code schema shop}
 * @param actual    what the server has
 * @param required  what is needed
 * @param sentence  what this means, one sentence
 * @param statement what to run on the source, or to put into its configuration
 * @param code      of the error that a STOP finding ends in
 */
public record SettingsFinding(
        String setting,
        String actual,
        String required,
        String sentence,
        String statement,
        Severity severity,
        ErrorCode code) {
    public SettingsFinding {
        requireNonNull(setting, "setting");
        requireNonNull(actual, "actual");
        requireNonNull(required, "required");
        requireNonNull(sentence, "sentence");
        requireNonNull(statement, "statement");
        requireNonNull(severity, "severity");
        requireNonNull(code, "code");
    }

    public boolean stops() {
        return severity == Severity.STOP;
    }

    public enum Severity {
        /** Replication would fail or lose data. */
        STOP,
        /** Replication runs, at a risk that the sentence names. */
        WARN
    }
}
