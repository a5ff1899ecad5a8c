package io.kameleon.reader.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class TlsFaultTest {
    @Test
    void aCertificateThatIsNotTrustedIsAFault() {
        var handshake = new SSLHandshakeException("path building failed");
        handshake.initCause(new CertificateException("unknown"));
        assertThat(TlsFault.isIn(new SQLException("driver's words", "08000", handshake)))
                .isTrue();
    }

    @Test
    void aProtocolThatIsNotSharedIsAFault() {
        assertThat(TlsFault.isIn(new SSLHandshakeException("no common version")))
                .isTrue();
    }

    @Test
    void aServerWithoutTlsIsAFault() {
        assertThat(TlsFault.isIn(new SQLException("Trying to connect with ssl, but ssl not enabled in the server")))
                .isTrue();
        assertThat(TlsFault.isIn(new IOException("MySQL server does not support SSL")))
                .isTrue();
    }

    @Test
    void aCertificateForAnotherHostIsAFault() {
        assertThat(TlsFault.isIn(new SQLException("SSL hostname verification failed : host \"a\"", "08006", -1)))
                .isTrue();
    }

    /** A server that dies in the middle comes back: it must be tried again. */
    @Test
    void aBrokenConnectionIsNone() {
        var ended = new SSLHandshakeException("Remote host terminated the handshake");
        ended.initCause(new EOFException("SSL peer shut down incorrectly"));
        assertThat(TlsFault.isIn(ended)).isFalse();
        assertThat(TlsFault.isIn(new SSLException("reset", new SocketException("Connection reset"))))
                .isFalse();
        assertThat(TlsFault.isIn(new SSLException("closed while reading"))).isFalse();
    }
}
