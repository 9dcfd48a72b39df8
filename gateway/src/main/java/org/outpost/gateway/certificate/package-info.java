/** The certificates of those who call: asked about after TLS, before anything is served. */
@NullMarked
package org.outpost.gateway.certificate;

import org.jspecify.annotations.NullMarked;
