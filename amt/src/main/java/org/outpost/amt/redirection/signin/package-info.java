/** The sign-in of a redirection session: states, digest, handler (redirection.md §1). */
@NullMarked
package org.outpost.amt.redirection.signin;

import org.jspecify.annotations.NullMarked;
