package io.kameleon.admin.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.security.MessageDigest;
import java.util.Optional;

/** What lets somebody press the buttons and see rows. Without one nobody can. */
final class AccessToken {
    private static final String SCHEME = "Bearer ";
    private final Optional<byte[]> token;

    AccessToken(Optional<String> token) {
        this.token = token.map(text -> text.getBytes(UTF_8));
    }

    boolean isSet() {
        return token.isPresent();
    }

    /** In a header that no other site can make a browser send. */
    boolean isGivenIn(HttpExchange request) {
        String header = request.getRequestHeaders().getFirst("Authorization");
        return token.isPresent()
                && header != null
                && header.startsWith(SCHEME)
                && MessageDigest.isEqual(
                        token.get(), header.substring(SCHEME.length()).strip().getBytes(UTF_8));
    }
}
