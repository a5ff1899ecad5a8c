package io.kameleon.catalogue.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Properties handed on to a Kafka or registry client as they stand.
 *
 * <p>May hold credentials, so its text form shows keys and harmless values only.
 *
 * @param values  in the file's order
 * @param secrets keys whose values are never shown, besides those whose name says so
 */
public record ClientProperties(Map<String, String> values, Set<String> secrets) {
    public static final ClientProperties NONE = new ClientProperties(Map.of(), Set.of());

    private static final Pattern SECRET_NAME = Pattern.compile(
            "password|secret|token|jaas|credential|user\\.info|passphrase|\\.key$|private|assertion",
            Pattern.CASE_INSENSITIVE);

    public ClientProperties {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        secrets = Set.copyOf(secrets);
    }

    public Map<String, String> masked() {
        var masked = new LinkedHashMap<String, String>();
        values.forEach((key, value) -> masked.put(key, isSecret(key) ? Secret.MASK : value));
        return masked;
    }

    private boolean isSecret(String key) {
        return secrets.contains(key) || SECRET_NAME.matcher(key).find();
    }

    @Override
    public String toString() {
        return masked().toString();
    }
}
