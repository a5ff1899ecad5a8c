package io.kameleon.admin.compare;

/** A hash of canonical values: of a row, or of a key and then the key's identity. */
public record Hash128(long high, long low) {}
