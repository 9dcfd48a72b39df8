package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

import java.net.InetAddress;
import java.util.List;

/** The door for operators. */
public record ManagementSettings(
        @Doc(
                        "The TCP port; 0 for any free one. When it is not written and 9090 is"
                                + " taken, a free one; the ready line says which.")
                @Range(min = 0, max = 65535)
                @Nullable Integer port,
        @Doc("The addresses to listen on. Without any: loopback.") List<InetAddress> address) {
    /** The port when none is written. */
    public static final int DEFAULT_PORT = 9090;
}
