package io.kameleon.sandbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Server programs unpacked from the class path, once per version, into the user's cache directory
 * ({@code $XDG_CACHE_HOME/kameleon} or {@code ~/.cache/kameleon}; the system property {@code kameleon.sandbox.cache}
 * names another). Several processes may unpack at the same time: the first to finish wins.
 */
final class ServerBinaries {
    private ServerBinaries() {}

    /** Unpacks the resources below a folder of a jar; {@code bin} and {@code scripts} become executable. */
    static Path ofJarFolder(String name, String folder, String marker) {
        return unpacked(name, target -> copyFolder(resource(folder + marker), folder, target));
    }

    /** Unpacks one tar.xz resource, with its links and modes. */
    static Path ofTarXz(String name, String resource) {
        return unpacked(name, target -> copyTarXz(resource(resource), target));
    }

    private interface Unpacking {
        void into(Path target) throws IOException;
    }

    private static Path unpacked(String name, Unpacking unpacking) {
        Path home = cache().resolve(name);
        if (Files.isDirectory(home)) {
            return home;
        }
        try {
            Files.createDirectories(cache());
            Path part = Files.createTempDirectory(cache(), name + ".part");
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
            unpacking.into(part);
            moveOrDiscard(part, home);
            return home;
        } catch (IOException e) {
            throw new SandboxException(
                    "The programs of " + name + " cannot be unpacked below " + cache() + ": " + e.getMessage(), e);
        }
    }

    private static void moveOrDiscard(Path part, Path home) throws IOException {
        try {
            Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            discard(part);
        }
    }

    private static void discard(Path part) throws IOException {
        try (Stream<Path> paths = Files.walk(part)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static Path cache() {
        String named = System.getProperty("kameleon.sandbox.cache");
        if (named != null) {
            return Path.of(named);
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg != null && !xdg.isEmpty() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("kameleon");
    }

    private static URL resource(String name) {
        URL url = ServerBinaries.class.getClassLoader().getResource(name);
        if (url == null) {
            throw new SandboxException("The class path lacks " + name + ". The sandbox runs on Linux on x86-64 only.");
        }
        return url;
    }

    private static void copyFolder(URL marker, String folder, Path target) throws IOException {
        var connection = (JarURLConnection) marker.openConnection();
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            var entries = jar.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (!entry.isDirectory() && entry.getName().startsWith(folder)) {
                    String path = entry.getName().substring(folder.length());
                    try (InputStream content = jar.getInputStream(entry)) {
                        copy(content, inside(target, path), path.matches("(bin|scripts)/.*"));
                    }
                }
            }
        }
    }

    private static void copyTarXz(URL archive, Path target) throws IOException {
        try (var tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive.openStream())))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = inside(target, entry.getName());
                if (entry.isSymbolicLink()) {
                    Files.createDirectories(file.getParent());
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else if (entry.isFile()) {
                    copy(tar, file, (entry.getMode() & 0100) != 0);
                }
            }
        }
    }

    private static void copy(InputStream content, Path file, boolean executable) throws IOException {
        Files.createDirectories(file.getParent());
        Files.copy(content, file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static Path inside(Path target, String name) {
        Path file = target.resolve(name).normalize();
        if (!file.startsWith(target)) {
            throw new UncheckedIOException(new IOException("entry outside of the archive: " + name));
        }
        return file;
    }
}
