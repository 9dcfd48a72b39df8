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

/** The HTTP proxy door. */
public record HttpProxySettings(
        @Doc("Whether the door is there at all.") @Default("true") boolean enabled,
        @Doc("The TCP port; 0 for any free one.") @Default("8080") @Range(min = 0, max = 65535)
                int port,
        @Doc(
                        "The addresses to listen on. Without any: all, or loopback when"
                                + " `console.authenticators` lets everybody in or there is no"
                                + " configuration file.")
                List<InetAddress> address,
        @Doc("Whether consoles speak TLS: `modern`, or `none` for plain.") @Default("none")
                TlsProfile tls,
        @Doc(
                        "A PEM file with a certificate and its chain, instead of the one made under"
                                + " `data-dir`.")
                @Live(Change.NAMED_FILE)
                @MustExist
                @Nullable Path certificate,
        @Doc("A PEM file with the certificate's key (PKCS#8).") @Live(Change.NAMED_FILE) @MustExist
                @Nullable Path key,
        @Doc("Whether consoles show a certificate. Needs `tls`.") @Default("none")
                ClientCertificate clientCertificate,
        @Doc(
                        "A PEM file with the authorities whose client certificates are good. Needed"
                                + " with `client-certificate`.")
                @Live(Change.NAMED_FILE)
                @MustExist
                @Nullable Path clientCa,
        @Doc(
                        "A PEM or DER file with a revocation list of the authorities in"
                            + " `client-ca`; several in a list. That of our own CA, `ca.crl` beside"
                            + " `ca.crt`, is found without being named.")
                @Live(Change.NAMED_FILE)
                List<Path> crl,
        @Doc(
                        "What holds while no valid CRL of a certificate's issuer is there, with"
                                + " `crl`: `hard` refuses the certificate; `soft` takes it, unless"
                                + " an older CRL lists it.")
                @Default("hard")
                CrlPolicy crlPolicy,
        @Doc(
                        "Whether the issuer's OCSP responder is asked about each certificate. While"
                                + " it does not answer, `soft` lets in and `hard` turns away.")
                @Default("off")
                OcspMode ocsp,
        @Doc(
                        "The responder, such as `http://ocsp.example.com/`. Without it: the one"
                                + " that the certificate names, where `egress.allow` permits.")
                @Nullable String ocspUrl,
        @Doc(
                        "The address ranges that consoles may come from, before any load balancer."
                                + " Without any: all.")
                List<Subnet> allow,
        @Doc("Load balancers in front, which speak for consoles.")
                ProxyProtocolSettings proxyProtocol)
        implements ConsoleDoor {}
