package io.kameleon.admin.compare;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Makes {@link Hash128}: SHA-256, cut, over a list of canonical values; no two lists give the same bytes, since each value comes with its
 * length. One thread at a time.
 */
final class RowHash {
    private static final int NULL_LENGTH = -1;

    private final MessageDigest digest = TextForms.sha256();
    private final byte[] result = new byte[digest.getDigestLength()];
    private byte[] bytes = new byte[1024];
    private int length;

    RowHash add(String value) {
        byte[] utf8 = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
        int needed = length + Integer.BYTES + utf8.length;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
        ByteBuffer.wrap(bytes).putInt(length, value == null ? NULL_LENGTH : utf8.length);
        System.arraycopy(utf8, 0, bytes, length + Integer.BYTES, utf8.length);
        length = needed;
        return this;
    }

    /** The hash of what was added since the last one. */
    Hash128 finish() {
        digest.update(bytes, 0, length);
        length = 0;
        try {
            digest.digest(result, 0, result.length);
        } catch (DigestException e) {
            throw new IllegalStateException("the buffer has the digest's own length", e);
        }
        ByteBuffer first = ByteBuffer.wrap(result);
        return new Hash128(first.getLong(), first.getLong());
    }
}
