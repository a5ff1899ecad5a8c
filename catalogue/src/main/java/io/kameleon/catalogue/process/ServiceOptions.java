package io.kameleon.catalogue.process;

import io.kameleon.catalogue.config.ConfigLocation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The command line of a service.
 *
 * @param config  name or path, as {@code kameleon --config} takes it
 * @param sources in the order given; empty for every source of the configuration
 */
record ServiceOptions(String config, List<String> sources, Wanted wanted) {
    /** What is asked for. */
    enum Wanted {
        WORK,
        HELP
    }

    ServiceOptions {
        sources = List.copyOf(sources);
    }

    /** @throws IllegalArgumentException with what is wrong, in one sentence */
    static ServiceOptions parse(List<String> arguments) {
        String config = ConfigLocation.NAME_DEFAULT;
        Set<String> sources = new LinkedHashSet<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String name = equals < 0 ? argument : argument.substring(0, equals);
            switch (name) {
                case "--help", "-h" -> {
                    return new ServiceOptions(config, List.of(), Wanted.HELP);
                }
                case "--config", "-c" -> config = equals < 0 ? value(arguments, ++i) : argument.substring(equals + 1);
                case "--source", "-s" ->
                    sources.add(equals < 0 ? value(arguments, ++i) : argument.substring(equals + 1));
                default -> throw new IllegalArgumentException("Unknown option: '" + name + "'");
            }
        }
        return new ServiceOptions(config, List.copyOf(sources), Wanted.WORK);
    }

    private static String value(List<String> arguments, int index) {
        if (index == arguments.size()) {
            throw new IllegalArgumentException("Option '" + arguments.get(index - 1) + "' needs a value");
        }
        return arguments.get(index);
    }
}
