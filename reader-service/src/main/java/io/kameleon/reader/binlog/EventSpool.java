package io.kameleon.reader.binlog;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Events kept for later, in memory while they are few and in a temporary file beyond that, so that memory does not grow with the
 * transaction. One thread only.
 */
public final class EventSpool implements AutoCloseable {
    private static final int MEMORY_MAX = 16 << 10;
    private static final BinlogEventType[] TYPES = BinlogEventType.values();

    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private DataOutputStream out = new DataOutputStream(memory);
    private Path file;
    private long count;

    /** @throws ReplicationException INTERNAL when the file cannot be written */
    public void add(BinlogEvent event) {
        try {
            if (file == null && memory.size() + event.body().length > MEMORY_MAX) {
                moveToFile();
            }
            out.writeByte(event.type().ordinal());
            out.writeByte(event.typeCode());
            out.writeLong(event.timestampSeconds());
            out.writeLong(event.serverId());
            out.writeLong(event.length());
            out.writeInt(event.body().length);
            out.write(event.body());
            count++;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void moveToFile() throws IOException {
        file = Files.createTempFile("kameleon-transaction", ".binlog");
        out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), MEMORY_MAX));
        memory.writeTo(out);
        memory.reset();
    }

    /** Hands over each event, in order, and keeps them. @throws ReplicationException INTERNAL when the file cannot be read */
    public void forEach(Consumer<BinlogEvent> consumer) {
        try {
            out.flush();
            try (var in = new DataInputStream(open())) {
                for (long i = 0; i < count; i++) {
                    consumer.accept(next(in));
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private InputStream open() throws IOException {
        return file == null
                ? new ByteArrayInputStream(memory.toByteArray())
                : new BufferedInputStream(Files.newInputStream(file), MEMORY_MAX);
    }

    private static BinlogEvent next(DataInputStream in) throws IOException {
        BinlogEventType type = TYPES[in.readUnsignedByte()];
        int code = in.readUnsignedByte();
        long seconds = in.readLong();
        long server = in.readLong();
        long length = in.readLong();
        byte[] body = new byte[in.readInt()];
        in.readFully(body);
        return new BinlogEvent(type, code, seconds, server, length, 0, body);
    }

    private static ReplicationException failed(IOException cause) {
        return new ReplicationException(
                ErrorCode.INTERNAL,
                "A transaction that waits for its commit cannot be kept in a temporary file",
                Map.of(),
                "See to room in the directory for temporary files (java.io.tmpdir); it is read again from the source then.",
                cause);
    }

    @Override
    public void close() {
        try {
            out.close();
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
