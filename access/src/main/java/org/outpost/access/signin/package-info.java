/** From a name and a password to a user. */
@NullMarked
package org.outpost.access.signin;

import org.jspecify.annotations.NullMarked;
