package io.kameleon.reader.binlog;

import com.github.shyiko.mysql.binlog.network.SSLMode;
import com.github.shyiko.mysql.binlog.network.SSLSocketFactory;
import io.kameleon.reader.server.SourceTls;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Encrypts a replication connection and checks the server's certificate: against the configured authorities or the JVM's store,
 * and, for VERIFY_IDENTITY, against the host name as configured.
 */
final class ReplicationTls implements SSLSocketFactory {
    private final SSLContext context;
    private final BinlogEndpoint endpoint;

    private ReplicationTls(SSLContext context, BinlogEndpoint endpoint) {
        this.context = context;
        this.endpoint = endpoint;
    }

    /** What the client does by itself: encrypt or not. The check of the host name is made here. */
    static SSLMode mode(SourceTls tls) {
        return switch (tls.mode()) {
            case DISABLED -> SSLMode.DISABLED;
            case PREFERRED -> SSLMode.PREFERRED;
            case REQUIRED -> SSLMode.REQUIRED;
            case VERIFY_CA, VERIFY_IDENTITY -> SSLMode.VERIFY_CA;
        };
    }

    /** Null for the modes without a check, which the client's own factory serves. */
    static SSLSocketFactory of(BinlogEndpoint endpoint) {
        return switch (endpoint.tls().mode()) {
            case DISABLED, PREFERRED, REQUIRED -> null;
            case VERIFY_CA, VERIFY_IDENTITY ->
                new ReplicationTls(context(endpoint.tls().authorities()), endpoint);
        };
    }

    private static SSLContext context(List<Certificate> authorities) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities.isEmpty() ? null : store(authorities));
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java has no TLS that can be set up", e);
        }
    }

    private static KeyStore store(List<Certificate> authorities) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate authority : authorities) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        return store;
    }

    @Override
    public SSLSocket createSocket(Socket plain) throws SocketException {
        try {
            var socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, endpoint.host(), endpoint.port(), true);
            if (endpoint.tls().mode() == SourceTls.Mode.VERIFY_IDENTITY) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            return socket;
        } catch (IOException e) {
            var failure = new SocketException("the encrypted connection cannot be made: " + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }
}
