package org.outpost.server.trust;

import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A client certificate that led to an authority that is trusted.
 *
 * @param certificate the client's own
 * @param issuer who signed it
 * @param until until when that need not be found out again
 */
record VerifiedClient(X509Certificate certificate, X509Certificate issuer, Instant until) {}
