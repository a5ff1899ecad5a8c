package io.kameleon.reader.server;

import java.io.IOException;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.mariadb.jdbc.Statement;
import org.mariadb.jdbc.client.Completion;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.client.socket.Reader;
import org.mariadb.jdbc.client.socket.Writer;
import org.mariadb.jdbc.client.util.ClosableLock;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.message.ClientMessage;

/**
 * The three commands of a prepared statement. Layouts: MySQL internals, "Command Phase", and MariaDB, "Prepared Statements in the
 * Client/Server Protocol"; they differ only in that MariaDB may leave out what it told at prepare.
 */
final class StatementMessages {
    private static final int COM_STMT_PREPARE = 0x16;
    private static final int COM_STMT_EXECUTE = 0x17;
    private static final int COM_STMT_CLOSE = 0x19;

    private StatementMessages() {}

    /** A command whose answer is read here instead of in the driver. */
    private abstract static class Answered implements ClientMessage {
        /** Reads the whole answer. */
        abstract void read(ResultPackets packets) throws IOException, SQLException;

        @Override
        @SuppressWarnings("checkstyle:ParameterNumber")
        public Completion readPacket(
                Statement statement,
                int fetchSize,
                long maxRows,
                int resultSetConcurrency,
                int resultSetType,
                boolean closeOnCompletion,
                Reader reader,
                Writer writer,
                Context context,
                ExceptionFactory exceptions,
                ClosableLock lock,
                boolean traced,
                ClientMessage message,
                Consumer<String> redirect)
                throws IOException, SQLException {
            read(new ResultPackets(reader, context, exceptions));
            return null;
        }
    }

    /** Makes the statement. */
    static final class Prepare extends Answered {
        private final String sql;
        private int statement;
        private int[] types = {};

        Prepare(String sql) {
            this.sql = sql;
        }

        @Override
        public int encode(Writer writer, Context context) throws IOException {
            writer.initPacket();
            writer.writeByte(COM_STMT_PREPARE);
            writer.writeString(sql);
            writer.flush();
            return 1;
        }

        @Override
        void read(ResultPackets packets) throws IOException, SQLException {
            packets.next();
            statement = (int) packets.readUnsigned(4);
            types = packets.readColumns((int) packets.readUnsigned(2));
        }

        int statement() {
            return statement;
        }

        int[] types() {
            return types;
        }
    }

    /** Runs it, without a cursor: the rows stream. */
    static final class Execute extends Answered {
        private static final int NO_CURSOR = 0;

        private final int statement;
        private final int[] preparedTypes;
        private final RowPackets receiver;
        private long rows;

        /** @param preparedTypes hold when the server sends none */
        Execute(int statement, int[] preparedTypes, RowPackets receiver) {
            this.statement = statement;
            this.preparedTypes = preparedTypes;
            this.receiver = receiver;
        }

        @Override
        public int encode(Writer writer, Context context) throws IOException {
            writer.initPacket();
            writer.writeByte(COM_STMT_EXECUTE);
            writer.writeInt(statement);
            writer.writeByte(NO_CURSOR);
            writer.writeInt(1); // iterations, always 1
            writer.flush();
            return 1;
        }

        @Override
        void read(ResultPackets packets) throws IOException, SQLException {
            int count = packets.nextColumnCount();
            receiver.columns(packets.hasColumns() ? packets.readColumns(count) : packets.endColumns(preparedTypes));
            while (packets.nextRow()) {
                receiver.row(packets.buffer(), packets.position(), packets.limit());
                rows++;
            }
        }

        long rows() {
            return rows;
        }
    }

    /** Lets the server forget it; has no answer. */
    static final class Close implements ClientMessage {
        private final int statement;

        Close(int statement) {
            this.statement = statement;
        }

        @Override
        public int encode(Writer writer, Context context) throws IOException {
            writer.initPacket();
            writer.writeByte(COM_STMT_CLOSE);
            writer.writeInt(statement);
            writer.flush();
            return 0;
        }
    }
}
