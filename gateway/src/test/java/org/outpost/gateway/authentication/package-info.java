/** Tests of authentication. */
@NullMarked
package org.outpost.gateway.authentication;

import org.jspecify.annotations.NullMarked;
