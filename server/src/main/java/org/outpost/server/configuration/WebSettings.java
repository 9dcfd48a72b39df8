package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Change;
import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Live;
import org.outpost.server.configuration.binding.MustExist;
import org.outpost.server.configuration.binding.Range;
import org.outpost.server.configuration.binding.Subnet;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/** The API door. */
public record WebSettings(
        @Doc("The TCP port; 0 for any free one.") @Default("8443") @Range(min = 0, max = 65535)
                int port,
        @Doc(
                        "The addresses to listen on. Without any: all, or loopback when"
                                + " `console.authenticators` lets everybody in or there is no"
                                + " configuration file.")
                List<InetAddress> address,
        @Doc(
                        "A PEM file with a certificate and its chain, instead of the one made under"
                                + " `data-dir`.")
                @Live(Change.NAMED_FILE)
                @MustExist
                @Nullable Path certificate,
        @Doc("A PEM file with the certificate's key (PKCS#8).") @Live(Change.NAMED_FILE) @MustExist
                @Nullable Path key,
        @Doc("The address ranges that may use it. Without any: all.") List<Subnet> allow,
        @Doc(
                        "The origins whose pages may call the API with a token, such as"
                                + " `https://console.example.com`. Without any: none but its own.")
                List<String> corsOrigins) {}
