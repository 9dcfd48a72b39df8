/** Opens SOL, IDE-R and KVM sessions with a device and signs in (redirection.md §1). */
@NullMarked
package org.outpost.amt.redirection;

import org.jspecify.annotations.NullMarked;
