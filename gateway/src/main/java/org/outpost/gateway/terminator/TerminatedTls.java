package org.outpost.gateway.terminator;

import org.jspecify.annotations.Nullable;

import java.security.cert.X509Certificate;

/**
 * The TLS of a client that ended at a trusted terminator, as its PROXY header (version 2,
 * PP2_TYPE_SSL) tells.
 *
 * @param protocol such as {@code TLSv1.2}; empty when it was not told
 * @param cipher the cipher suite; empty when it was not told
 * @param verifiedName the common name of the client's certificate; null unless the terminator
 *     verified it and told the name
 * @param certificate the client's certificate; null unless the terminator verified it and handed it
 *     on
 */
public record TerminatedTls(
        String protocol,
        String cipher,
        @Nullable String verifiedName,
        @Nullable X509Certificate certificate) {}
