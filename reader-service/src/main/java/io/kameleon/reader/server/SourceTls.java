package io.kameleon.reader.server;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Transport encryption towards a source (F18), the same for its sessions and its replication connection.
 *
 * @param authority PEM file of the certificates that the modes with a check trust; empty for the JVM's own store
 */
public record SourceTls(Mode mode, Optional<Path> authority) {
    public static final SourceTls DISABLED = of(Mode.DISABLED);

    public SourceTls {
        requireNonNull(mode, "mode");
        requireNonNull(authority, "authority");
    }

    public static SourceTls of(Mode mode) {
        return new SourceTls(mode, Optional.empty());
    }

    public SourceTls withAuthority(Path certificates) {
        return new SourceTls(mode, Optional.of(certificates));
    }

    /**
     * The certificates to trust; empty when the JVM's own store decides.
     *
     * @throws ReplicationException CONFIGURATION_INVALID when the file is missing or holds no certificate
     */
    public List<Certificate> authorities() {
        return authority.map(SourceTls::read).orElse(List.of());
    }

    private static List<Certificate> read(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (found.isEmpty()) {
                throw unusable(file, null);
            }
            return List.copyOf(found);
        } catch (IOException | CertificateException e) {
            throw unusable(file, e);
        }
    }

    private static ReplicationException unusable(Path file, Exception cause) {
        return new ReplicationException(
                ErrorCode.CONFIGURATION_INVALID,
                "The file of trusted certificates cannot be read",
                Map.of("ssl_ca", file),
                "Set ssl_ca to a readable PEM file with the certificate of the server's authority.",
                cause);
    }

    @Override
    public String toString() {
        return "TLS " + mode;
    }

    /** From plain text to a checked host name, as in MySQL's clients. */
    public enum Mode {
        /** Plain text. A cold caching_sha2_password log-in then asks the server for its RSA key. */
        DISABLED,
        /** As REQUIRED when the server offers it, otherwise as DISABLED. */
        PREFERRED,
        /** Encrypted; the certificate is not checked. */
        REQUIRED,
        /** Encrypted; the certificate is signed by a trusted authority. */
        VERIFY_CA,
        /** As VERIFY_CA, and the certificate names the host. */
        VERIFY_IDENTITY
    }
}
