package io.kameleon.reader.server;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Transport encryption towards a source (F18).
 *
 * <p>A trust store and a server certificate are two ways to say whom to trust; with neither, the JVM's own store decides.
 *
 * @param serverCertificate  PEM file of the server's certificate or its authority; null when not used
 * @param trustStore         Java key store (PKCS12 or JKS); null when not used
 * @param trustStorePassword null without a trust store
 * @param keyStore           the client's own key for mutual TLS; null when the server does not ask for one
 * @param keyStorePassword   null without a key store
 */
public record SourceTls(
        Mode mode,
        Path serverCertificate,
        Path trustStore,
        Supplier<char[]> trustStorePassword,
        Path keyStore,
        Supplier<char[]> keyStorePassword) {
    public static final SourceTls DISABLED = of(Mode.DISABLED);

    public SourceTls {
        requireNonNull(mode, "mode");
    }

    public static SourceTls of(Mode mode) {
        return new SourceTls(mode, null, null, null, null, null);
    }

    public SourceTls withServerCertificate(Path certificate) {
        return new SourceTls(mode, certificate, trustStore, trustStorePassword, keyStore, keyStorePassword);
    }

    public SourceTls withTrustStore(Path store, Supplier<char[]> password) {
        return new SourceTls(mode, serverCertificate, store, password, keyStore, keyStorePassword);
    }

    public SourceTls withKeyStore(Path store, Supplier<char[]> password) {
        return new SourceTls(mode, serverCertificate, trustStore, trustStorePassword, store, password);
    }

    @Override
    public String toString() {
        return "TLS " + mode;
    }

    /** From plain text to a checked host name. */
    public enum Mode {
        /** Plain text. A cold caching_sha2_password log-in then asks the server for its RSA key. */
        DISABLED("disable"),
        /** Encrypted; the certificate is not checked. */
        REQUIRED("trust"),
        /** Encrypted; the certificate is signed by a trusted authority. */
        VERIFY_CA("verify-ca"),
        /** As VERIFY_CA, and the certificate names the host. */
        VERIFY_IDENTITY("verify-full");

        private final String driverName;

        Mode(String driverName) {
            this.driverName = driverName;
        }

        String driverName() {
            return driverName;
        }
    }
}
