/** The HTTP proxy door (RFC 9110, RFC 9112). */
@NullMarked
package org.outpost.gateway.proxy;

import org.jspecify.annotations.NullMarked;
