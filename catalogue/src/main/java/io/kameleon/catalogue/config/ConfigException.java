package io.kameleon.catalogue.config;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A configuration file with faults; its message lists all of them, one per line. Code CONFIGURATION_INVALID. */
public final class ConfigException extends ReplicationException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigFault> faults;

    /** @param faults at least one, in the order to print */
    public ConfigException(Path file, List<ConfigFault> faults) {
        super(
                ErrorCode.CONFIGURATION_INVALID,
                faults.size() == 1
                        ? "The configuration file has a fault"
                        : "The configuration file has " + faults.size() + " faults",
                Map.of("file", file),
                "Correct the file and run the command again:\n"
                        + faults.stream().map(fault -> "  " + fault).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    public List<ConfigFault> faults() {
        return faults;
    }
}
