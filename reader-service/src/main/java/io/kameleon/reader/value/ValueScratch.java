package io.kameleon.reader.value;

import io.kameleon.schemas.wire.AvroOutput;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Buffers that value encoders use while they work on one value, so that none is made per value. Nothing in it outlives a call.
 * One thread only; encoders and decoders of a table are shared between threads, each thread brings its own scratch.
 */
public final class ValueScratch {
    private static final int RETAINED_BYTES_MAX = 1 << 20;

    private byte[] bytes = new byte[256];
    private CharBuffer chars = CharBuffer.allocate(256);
    private AvroOutput text = new AvroOutput(1024);
    private final int[] magnitude = new int[8];
    private final Map<Charset, CharsetDecoder> decoders = new IdentityHashMap<>();

    /** An array of at least {@code length} bytes with arbitrary content. */
    byte[] bytes(int length) {
        if (bytes.length < length) {
            bytes = new byte[Math.max(length, Math.min(bytes.length * 2, RETAINED_BYTES_MAX))];
        }
        return bytes;
    }

    /** A cleared buffer for at least {@code length} UTF-16 units. */
    CharBuffer chars(int length) {
        if (chars.capacity() < length) {
            chars = CharBuffer.allocate(Math.max(length, Math.min(chars.capacity() * 2, RETAINED_BYTES_MAX)));
        }
        return chars.clear();
    }

    /** Room for text that is written before its length is known; reset by this call. */
    public AvroOutput text() {
        text.reset();
        return text;
    }

    /** Eight ints: an unsigned number of up to 256 bits. */
    public int[] magnitude() {
        return magnitude;
    }

    /** A decoder that reports malformed and unmappable input. */
    CharsetDecoder decoder(Charset charset) {
        return decoders.computeIfAbsent(charset, c -> c.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT))
                .reset();
    }

    /** Gives up what one giant value made large; to be called now and then, between rows. */
    public void trim() {
        if (bytes.length > RETAINED_BYTES_MAX) {
            bytes = new byte[256];
        }
        if (chars.capacity() > RETAINED_BYTES_MAX) {
            chars = CharBuffer.allocate(256);
        }
        if (text.buffer().length > RETAINED_BYTES_MAX) {
            text = new AvroOutput(1024);
        }
    }
}
