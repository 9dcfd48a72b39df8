/** Which of SOL, IDE-R and KVM are switched on, and the displays. */
@NullMarked
package org.outpost.amt.operation.redirection;

import org.jspecify.annotations.NullMarked;
