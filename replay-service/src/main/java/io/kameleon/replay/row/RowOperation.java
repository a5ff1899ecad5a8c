package io.kameleon.replay.row;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.util.Map;

/** What a row image tells: Debezium's {@code op}. A changed primary key arrives as DELETE and CREATE, in this order. */
public enum RowOperation {
    CREATE('c'),
    UPDATE('u'),
    DELETE('d'),
    /** A row of a snapshot: as CREATE. */
    READ('r');

    private final char letter;

    RowOperation(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }

    /** @throws ReplicationException RECORD_MALFORMED for any other letter */
    static RowOperation of(int letter) {
        return switch (letter) {
            case 'c' -> CREATE;
            case 'u' -> UPDATE;
            case 'd' -> DELETE;
            case 'r' -> READ;
            default ->
                throw new ReplicationException(
                        ErrorCode.RECORD_MALFORMED,
                        "A row image has an operation other than c, u, d and r",
                        Map.of(),
                        "Check what else writes to the topic.");
        };
    }
}
