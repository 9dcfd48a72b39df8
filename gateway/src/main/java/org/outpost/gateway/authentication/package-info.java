/** Who may connect: authenticators, and the bounded workers that ask them. */
@NullMarked
package org.outpost.gateway.authentication;

import org.jspecify.annotations.NullMarked;
