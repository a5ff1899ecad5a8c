package io.kameleon.reader.server;

import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Tells a TLS set-up that no waiting mends from a connection that broke while it was set up. */
public final class TlsFault {
    private TlsFault() {}

    /** Whether a failure to connect comes from the certificate, the TLS version or a server without TLS. */
    public static boolean isIn(Throwable failure) {
        boolean handshake = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException
                    || cause instanceof SSLPeerUnverifiedException
                    || isNotOffered(cause)
                    || isRefusedByDriver(cause)) {
                return true;
            }
            if (cause instanceof EOFException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof SocketException && cause.getCause() == null) {
                return false;
            }
            handshake |= cause instanceof SSLHandshakeException;
        }
        return handshake;
    }

    /** Whether the server was asked for TLS and has none. Driver and binlog client tell it in words only. */
    static boolean isNotOffered(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("ssl not enabled in the server") || message.contains("does not support SSL");
    }

    /** What the MariaDB driver says, without a cause, about a certificate that names another host or that nobody vouches for. */
    private static boolean isRefusedByDriver(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("SSL hostname verification failed") || message.contains("Self signed certificates");
    }
}
