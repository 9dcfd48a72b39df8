package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Change;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Live;

import java.util.List;

/** Where the server may connect to on somebody's word. */
public record EgressSettings(
        @Doc(
                        "Host names, addresses or ranges with their ports, such as"
                                + " `hooks.example.com:443`, `192.0.2.7:8080`, `10.1.0.0/16:443`,"
                                + " `10.1.2.3:8000-8099` or `\"[2001:db8::7]:443\"`. Without a port"
                                + " it means all. Without any entry nothing leaves. Loopback and"
                                + " link-local addresses and this server's own doors are open only"
                                + " to an entry with that very address and port.")
                @Live(Change.CONFIGURATION_FILE)
                List<String> allow) {}
