package io.kameleon.reader.binlog;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The session settings that travel with a statement (F26). Reading stops at a variable that is not known: what is behind it is as if
 * the event did not have it.
 *
 * @param sqlMode            bits; 0 when the event does not say
 * @param micros             of the second at which the statement began; -1 when the event does not say
 * @param timeZone           {@code SYSTEM}, {@code +02:00} or {@code Europe/Berlin}; empty when the event does not say
 * @param clientCollation    number of a collation of the character set in which the statement was sent; 0 when the event does not say
 * @param implicitTimestamps whether the event says that {@code explicit_defaults_for_timestamp} was off
 */
public record StatusVariables(
        long sqlMode, int micros, String timeZone, int clientCollation, boolean implicitTimestamps) {
    private static final int LIST_TOO_LONG = 254;

    /** @param in little-endian; its position is not moved */
    static StatusVariables parse(ByteBuffer in, int from, int to) {
        var reading = new Reading(in.duplicate().order(in.order()).limit(to).position(from));
        try {
            reading.run();
        } catch (BufferUnderflowException | IllegalArgumentException cutShort) {
            // What was read stands.
        }
        return new StatusVariables(
                reading.sqlMode, reading.micros, reading.timeZone, reading.clientCollation, reading.implicitTimestamps);
    }

    private static final class Reading {
        private final ByteBuffer in;
        private long sqlMode;
        private int micros = -1;
        private String timeZone = "";
        private int clientCollation;
        private boolean implicitTimestamps;

        Reading(ByteBuffer in) {
            this.in = in;
        }

        void run() {
            while (in.hasRemaining() && variable(in.get() & 0xFF)) {
                continue;
            }
        }

        /** The numbers are those of the servers' Q_..._CODE; false for one that is not known. */
        private boolean variable(int code) {
            switch (code) {
                case 1 -> sqlMode = in.getLong();
                case 5 -> timeZone = text();
                case 13, 128 -> micros = threeBytes();
                case 16 -> implicitTimestamps = in.get() == 0;
                case 0, 3, 10 -> skip(4);
                case 2 -> skip((in.get() & 0xFF) + 1);
                case 4 -> {
                    clientCollation = in.getShort() & 0xFFFF;
                    skip(4);
                }
                case 6 -> text();
                case 7, 8, 18 -> skip(2);
                case 9, 17, 129 -> skip(8);
                case 11 -> {
                    text();
                    text();
                }
                case 12 -> databases();
                case 19, 20 -> skip(1);
                case 131 -> skip(4 * (in.get() & 0xFF));
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void databases() {
            int count = in.get() & 0xFF;
            for (int i = 0; count != LIST_TOO_LONG && i < count; i++) {
                while (in.get() != 0) {
                    continue;
                }
            }
        }

        private String text() {
            var bytes = new byte[in.get() & 0xFF];
            in.get(bytes);
            return new String(bytes, StandardCharsets.US_ASCII);
        }

        private int threeBytes() {
            int low = in.getShort() & 0xFFFF;
            return low | (in.get() & 0xFF) << 16;
        }

        private void skip(int bytes) {
            in.position(in.position() + bytes);
        }
    }
}
