/** Certificates, keys and TLS settings. */
@NullMarked
package org.outpost.amt.operation.certificate;

import org.jspecify.annotations.NullMarked;
