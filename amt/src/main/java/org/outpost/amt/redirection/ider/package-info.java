/** IDE-R and USB-R: serves drives to a device from images held here (redirection.md §3). */
@NullMarked
package org.outpost.amt.redirection.ider;

import org.jspecify.annotations.NullMarked;
