package io.kameleon.reader.ddl;

/** A statement, or a part of it, that has no translation. Never leaves the package; the message holds names only. */
final class StatementNotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason a sentence without full stop, for the operator */
    StatementNotUnderstood(String reason) {
        super(reason, null, false, false);
    }

    /** Strings and numbers may be column values, so only words are named. */
    static StatementNotUnderstood at(Token token) {
        String what =
                switch (token.kind()) {
                    case WORD, QUOTED -> "'" + token.text() + "'";
                    case SYMBOL -> "'" + token.text() + "'";
                    case END -> "the end";
                    case BROKEN -> "a quote without its end";
                    case STRING, NUMBER, HEX, BITS -> "a literal";
                };
        return new StatementNotUnderstood(
                "the statement is not understood at " + what + ", character " + (token.start() + 1));
    }
}
