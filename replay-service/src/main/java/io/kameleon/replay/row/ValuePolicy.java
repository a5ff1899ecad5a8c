package io.kameleon.replay.row;

import static java.util.Objects.requireNonNull;

/** What a source's configuration chooses where PostgreSQL cannot hold a value as it is, or may hold it in several ways. */
public record ValuePolicy(NulPolicy nul, ZeroDatePolicy zeroDates, BytesForm bytes) {
    /** NULs are stripped, zero dates null, bytes are bytes. */
    public static final ValuePolicy STANDARD = new ValuePolicy(NulPolicy.STRIP, ZeroDatePolicy.NULL, BytesForm.RAW);

    public ValuePolicy {
        requireNonNull(nul, "nul");
        requireNonNull(zeroDates, "zeroDates");
        requireNonNull(bytes, "bytes");
    }
}
