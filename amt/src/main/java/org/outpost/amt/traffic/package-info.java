/** One officer per device: who may ask next, how long, how often; and what was last known. */
@NullMarked
package org.outpost.amt.traffic;

import org.jspecify.annotations.NullMarked;
