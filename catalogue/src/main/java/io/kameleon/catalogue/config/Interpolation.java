package io.kameleon.catalogue.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces <code>${env:NAME}</code> and <code>${file:PATH}</code> in values.
 *
 * <p>A file's text is taken without its last line break, and a relative path starts at the configuration file's directory. What
 * is put in is not looked at again. <code>$${</code> stands for <code>${</code>; any other <code>${...}</code> without a colon
 * stays as it is.
 */
final class Interpolation {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{(\\w+):([^}]*)}");
    private static final long FILE_BYTES_MAX = 1 << 20;

    private final ConfigEnvironment environment;
    private final Path baseDirectory;

    Interpolation(ConfigEnvironment environment, Path baseDirectory) {
        this.environment = environment;
        this.baseDirectory = baseDirectory;
    }

    /** A path as a value of the file has it: {@code ~} replaced, relative to the configuration file's directory. */
    Path path(String text) {
        return baseDirectory.resolve(environment.path(text)).normalize();
    }

    /** @throws IllegalArgumentException with what is missing; never quotes what a file or variable holds */
    String resolve(String text) {
        if (!text.contains("${")) {
            return text;
        }
        Matcher reference = REFERENCE.matcher(text);
        var result = new StringBuilder();
        while (reference.find()) {
            String value = reference.group(1) == null ? "${" : valueOf(reference.group(1), reference.group(2));
            reference.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        return reference.appendTail(result).toString();
    }

    static boolean hasReference(String text) {
        Matcher reference = REFERENCE.matcher(text);
        while (reference.find()) {
            if (reference.group(1) != null) {
                return true;
            }
        }
        return false;
    }

    private String valueOf(String kind, String name) {
        return switch (kind) {
            case "env" -> variable(name);
            case "file" -> fileText(name);
            default ->
                throw new IllegalArgumentException(
                        "${" + kind + ":...} is not known; use ${env:NAME} or ${file:PATH}, and $${ for a literal ${");
        };
    }

    private String variable(String name) {
        String value = environment.variable().apply(name);
        if (value == null) {
            throw new IllegalArgumentException("the environment variable " + name + " is not set");
        }
        return value;
    }

    private String fileText(String name) {
        Path file = path(name);
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new IllegalArgumentException("the file " + file + " is larger than 1 MB");
            }
            return Files.readString(file).replaceFirst("\\R\\z", "");
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("the file " + file + " does not exist", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the file " + file + " is not UTF-8", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the file " + file + " cannot be read", e);
        }
    }
}
