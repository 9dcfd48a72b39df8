package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.MustExist;
import org.outpost.server.configuration.binding.Range;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/** A port where devices call in. */
@Doc("A port where devices call in.")
public record TunnelListener(
        @Doc("The TCP port; 0 for any free one.") @Range(min = 0, max = 65535) int port,
        @Doc(
                        "Which TLS: `modern` is TLS 1.2 and 1.3 with forward secrecy; `legacy` is"
                            + " TLS 1.0 to 1.2 with static RSA too, for AMT before 12; `none` is"
                            + " plain, for use behind a TLS terminator or in a lab.")
                TlsProfile tls,
        @Doc("The addresses to listen on. Without any: all.") List<InetAddress> address,
        @Doc(
                        "A PEM file with a certificate and its chain, instead of the one made under"
                                + " `data-dir`.")
                @MustExist
                @Nullable Path certificate,
        @Doc("A PEM file with the certificate's key (PKCS#8).") @MustExist @Nullable Path key) {}
