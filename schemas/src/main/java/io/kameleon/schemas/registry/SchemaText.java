package io.kameleon.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;

/**
 * A schema's text, in a fraction of its memory: a process knows as many as there are versions of all tables, kilobytes each and
 * much alike, and looks at few. Equal texts have equal digests. Immutable.
 */
final class SchemaText {
    private final ByteBuffer digest;
    private final byte[] deflated;
    private final int bytes;

    private SchemaText(ByteBuffer digest, byte[] deflated, int bytes) {
        this.digest = digest;
        this.deflated = deflated;
        this.bytes = bytes;
    }

    static SchemaText of(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        return new SchemaText(TextDigest.of(utf8), deflated(utf8), utf8.length);
    }

    private static byte[] deflated(byte[] utf8) {
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        var out = new ByteArrayOutputStream(Math.max(64, utf8.length / 8));
        try (var deflating = new DeflaterOutputStream(out, deflater)) {
            deflating.write(utf8);
        } catch (IOException e) {
            throw new UncheckedIOException("memory always takes bytes", e);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    /** SHA-256. */
    ByteBuffer digest() {
        return digest;
    }

    String inflated() {
        var inflater = new Inflater(true);
        try {
            var utf8 = new byte[bytes];
            inflater.setInput(deflated);
            int length = inflater.inflate(utf8);
            return new String(utf8, 0, length, UTF_8);
        } catch (DataFormatException e) {
            throw new IllegalStateException("what was deflated here can be inflated", e);
        } finally {
            inflater.end();
        }
    }
}
