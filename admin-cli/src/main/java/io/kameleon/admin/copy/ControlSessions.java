package io.kameleon.admin.copy;

import io.kameleon.reader.server.SourceServer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Sessions on the source for searches, locks and positions, used for one table after the other: logging in takes longer than
 * copying a small table. Thread-safe; a session is used by one table at a time.
 */
final class ControlSessions implements AutoCloseable {
    private final Supplier<SourceServer> logIn;
    private final Deque<SourceServer> free = new ArrayDeque<>();

    ControlSessions(Supplier<SourceServer> logIn) {
        this.logIn = logIn;
    }

    Session take() {
        SourceServer server;
        synchronized (this) {
            server = free.poll();
        }
        return new Session(server != null && !server.isClosed() ? server : logIn.get());
    }

    private synchronized void giveBack(SourceServer server) {
        free.push(server);
    }

    /** Closes the free ones: those in use belong to whoever took them. */
    @Override
    public synchronized void close() {
        free.forEach(SourceServer::close);
        free.clear();
    }

    /** One table's session: given back when the table is done, without lock or transaction, or else aborted. */
    final class Session {
        private final SourceServer server;

        private Session(SourceServer server) {
            this.server = server;
        }

        SourceServer server() {
            return server;
        }

        void giveBack() {
            ControlSessions.this.giveBack(server);
        }

        void abort() {
            server.abort();
        }
    }
}
