/** What is known of recordings, against both databases. */
@NullMarked
package org.outpost.inventory.recording;

import org.jspecify.annotations.NullMarked;
