package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.AuthoritySource;
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

/** A port where devices call in. */
@Doc("A port where devices call in.")
public record TunnelListener(
        @Doc("The TCP port; 0 for any free one.") @Range(min = 0, max = 65535) int port,
        @Doc(
                        "Which TLS: `modern` is TLS 1.2 and 1.3 with forward secrecy; `legacy` is"
                            + " TLS 1.0 to 1.2 with static RSA too, for AMT before 12; `none` is"
                            + " plain, for use behind a TLS terminator or in a lab: on loopback,"
                            + " unless an address is written, and elsewhere for the peers in"
                            + " `allow` only.")
                TlsProfile tls,
        @Doc("The addresses to listen on. Without any: all, or loopback for `tls: none`.")
                List<InetAddress> address,
        @Doc(
                        "The host name by which devices reach this listener, when it is another"
                                + " than `tunnel.name`: the common name of its certificate.")
                @Nullable String name,
        @Doc(
                        "With `name`: further names and addresses for the certificate, instead of"
                                + " `tunnel.names`.")
                List<String> names,
        @Doc(
                        "Which CA issues the listener's certificate: `rsa-2048` (SHA-256) or"
                            + " `rsa-3072` (SHA-384, for AMT 22 and later), both made under"
                            + " `data-dir` when first needed; or a folder with a CA: its `ca.crt`"
                            + " and `ca.key`, or `ca-rsa3072.crt` and `ca-rsa3072.key`.")
                @Default("rsa-2048")
                AuthoritySource authority,
        @Doc(
                        "A PEM file with a certificate and its chain, instead of the one made under"
                                + " `data-dir`.")
                @Live(Change.NAMED_FILE)
                @MustExist
                @Nullable Path certificate,
        @Doc("A PEM file with the certificate's key (PKCS#8).") @Live(Change.NAMED_FILE) @MustExist
                @Nullable Path key,
        @Doc("Whether devices show a certificate. Needs `tls`.") @Default("none")
                ClientCertificate clientCertificate,
        @Doc(
                        "A PEM file with the authorities whose client certificates are good."
                                + " Without it: the CA of this listener's own certificate.")
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
                        "The address ranges that peers may connect from: behind a load balancer,"
                                + " those of the load balancer. Without any: all.")
                List<Subnet> allow,
        @Doc("Load balancers and TLS terminators in front, which speak for devices.")
                ProxyProtocolSettings proxyProtocol)
        implements ClientCertificateRules {}
