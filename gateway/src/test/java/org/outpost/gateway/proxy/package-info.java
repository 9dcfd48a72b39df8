/** Tests of the HTTP proxy door. */
@NullMarked
package org.outpost.gateway.proxy;

import org.jspecify.annotations.NullMarked;
