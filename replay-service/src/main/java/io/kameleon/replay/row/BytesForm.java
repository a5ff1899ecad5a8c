package io.kameleon.replay.row;

/** What a {@code bytea} column holds of BINARY, VARBINARY and BLOB. */
public enum BytesForm {
    /** The bytes. */
    RAW,
    /** Their hexadecimal digits, in capitals, as text: what pg_chameleon's copy stores (F58). */
    HEX
}
