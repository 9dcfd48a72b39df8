/** How far each connection to the tunnel door came, and why it came no further. */
@NullMarked
package org.outpost.gateway.attempt;

import org.jspecify.annotations.NullMarked;
