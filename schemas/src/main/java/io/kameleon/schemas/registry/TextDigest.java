package io.kameleon.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of a text: stands for it where keeping many texts would take too much memory. */
final class TextDigest {
    private TextDigest() {}

    static ByteBuffer of(String text) {
        return of(text.getBytes(UTF_8));
    }

    static ByteBuffer of(byte[] utf8) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(utf8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
