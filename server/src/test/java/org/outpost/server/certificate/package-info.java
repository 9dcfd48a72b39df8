/** Tests of certificates and TLS. */
@NullMarked
package org.outpost.server.certificate;

import org.jspecify.annotations.NullMarked;
