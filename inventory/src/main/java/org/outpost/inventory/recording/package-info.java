/** Which recordings of text consoles there are. */
@NullMarked
package org.outpost.inventory.recording;

import org.jspecify.annotations.NullMarked;
