/** Credentials that were generated for devices, and the authenticator over them. */
@NullMarked
package org.outpost.inventory.credential;

import org.jspecify.annotations.NullMarked;
