/** What a caller shows after the sign-in. */
@NullMarked
package org.outpost.access.token;

import org.jspecify.annotations.NullMarked;
