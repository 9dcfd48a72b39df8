/** What there is to be allowed, and who is allowed what. */
@NullMarked
package org.outpost.access.right;

import org.jspecify.annotations.NullMarked;
