package io.kameleon.catalogue.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Renders a configuration in the shape of its file, without secrets. */
final class MaskedConfig {
    private MaskedConfig() {}

    static Map<String, Object> render(KameleonConfig config) {
        return new LinkedHashMap<>();
    }
}
