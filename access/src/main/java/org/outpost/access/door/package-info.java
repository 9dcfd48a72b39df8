/** The users of the API at the doors for consoles. */
@NullMarked
package org.outpost.access.door;

import org.jspecify.annotations.NullMarked;
