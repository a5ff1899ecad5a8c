package io.kameleon.reader.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.client.ReadableByteBuf;
import org.mariadb.jdbc.client.socket.Reader;
import org.mariadb.jdbc.export.ExceptionFactory;

/**
 * The packets of one answer, in order. {@link #buffer()} from {@link #position()} to {@link #limit()} is what is left of the
 * current one. An IOException makes the driver close the connection. One thread only.
 */
final class ResultPackets {
    private static final int ERROR = 0xFF;
    private static final int END = 0xFE;
    /** A packet of this size goes on in the next one. */
    private static final int FULL_PACKET = 0xFF_FFFF;
    /** The type's place in a column definition, from its end: the same with and without MariaDB's extended metadata. */
    private static final int TYPE_BEFORE_END = 6;

    private static final int SQL_STATE_LENGTH = 5;

    private final Reader reader;
    private final Context context;
    private final ExceptionFactory exceptions;
    private byte[] buffer = {};
    private int position;
    private int limit;

    ResultPackets(Reader reader, Context context, ExceptionFactory exceptions) {
        this.reader = reader;
        this.context = context;
        this.exceptions = exceptions;
    }

    byte[] buffer() {
        return buffer;
    }

    int position() {
        return position;
    }

    int limit() {
        return limit;
    }

    /** Takes the next packet and steps over its first byte, which is returned. @throws SQLException when it is an error */
    int next() throws IOException, SQLException {
        take();
        int first = (int) readUnsigned(1);
        if (first == ERROR) {
            throw error();
        }
        return first;
    }

    /** The packet that opens a result. {@link #hasColumns()} holds then, unless the server leaves the definitions out. */
    int nextColumnCount() throws IOException, SQLException {
        return (int) readLength(next());
    }

    boolean hasColumns() {
        // With MARIADB_CLIENT_CACHE_METADATA a flag follows the count.
        return position == limit || buffer[position] != 0;
    }

    /** The type codes of the column definitions that follow, up to the packet behind them. */
    int[] readColumns(int count) throws IOException, SQLException {
        int[] types = new int[count];
        for (int i = 0; i < count; i++) {
            next();
            types[i] = buffer[at(limit - TYPE_BEFORE_END, 1)] & 0xFF;
        }
        return endColumns(types);
    }

    /** Steps over the packet that older servers send behind the definitions. */
    int[] endColumns(int[] types) throws IOException, SQLException {
        if (!context.isEofDeprecated() && types.length > 0) {
            next();
        }
        return types;
    }

    /** Takes the next row; false when the result has ended, which the driver's context is told. */
    boolean nextRow() throws IOException, SQLException {
        int first = next();
        if (first != END) {
            return true;
        }
        if (context.isEofDeprecated()) {
            readLength((int) readUnsigned(1)); // rows affected
            readLength((int) readUnsigned(1)); // last id inserted
            context.setServerStatus((int) readUnsigned(2));
        } else {
            context.setWarning((int) readUnsigned(2));
            context.setServerStatus((int) readUnsigned(2));
        }
        return false;
    }

    /** An unsigned number of {@code width} bytes, least significant first. */
    long readUnsigned(int width) throws IOException {
        int from = at(position, width);
        position += width;
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | buffer[from + i] & 0xFF;
        }
        return value;
    }

    /** A length-encoded number whose first byte has been read. */
    private long readLength(int first) throws IOException {
        return switch (first) {
            case 0xFC -> readUnsigned(2);
            case 0xFD -> readUnsigned(3);
            case 0xFE -> readUnsigned(8);
            default -> first;
        };
    }

    private void take() throws IOException {
        ReadableByteBuf packet = reader.readReusablePacket();
        buffer = packet.buf();
        position = packet.pos();
        limit = position + packet.readableBytes();
        boolean more = limit - position == FULL_PACKET;
        while (more) {
            ReadableByteBuf rest = reader.readReusablePacket();
            int length = rest.readableBytes();
            buffer = Arrays.copyOf(buffer, Math.addExact(limit, length));
            System.arraycopy(rest.buf(), rest.pos(), buffer, limit, length);
            limit += length;
            more = length == FULL_PACKET;
        }
    }

    private SQLException error() throws IOException {
        int code = (int) readUnsigned(2);
        String state = "HY000";
        if (position < limit && buffer[position] == '#') {
            state = new String(buffer, at(position + 1, SQL_STATE_LENGTH), SQL_STATE_LENGTH, StandardCharsets.US_ASCII);
            position += 1 + SQL_STATE_LENGTH;
        }
        return exceptions.create(new String(buffer, position, limit - position, StandardCharsets.UTF_8), state, code);
    }

    private int at(int from, int width) throws IOException {
        if (from < position || width > limit - from) {
            throw new IOException("a packet of the server ends too early");
        }
        return from;
    }
}
