package io.kameleon.catalogue.metrics;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/**
 * Where a process listens for HTTP.
 *
 * @param host a name or address of this machine; {@code 0.0.0.0} for all of them
 * @param port 0 for any that is free
 */
public record ListenAddress(String host, int port) {
    private static final Pattern TEXT = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:,\\[\\]/]+):(\\d{1,5})");

    public ListenAddress {
        requireNonNull(host, "host");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the port is out of range");
        }
    }

    /** @throws IllegalArgumentException when it is not HOST:PORT */
    public static ListenAddress parse(String text) {
        var parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("it is not HOST:PORT");
        }
        return new ListenAddress(parts.group(1).replaceAll("[\\[\\]]", ""), Integer.parseInt(parts.group(2)));
    }

    InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
