/** Why a device does not come through, in words, and what to do about it. */
@NullMarked
package org.outpost.server.why;

import org.jspecify.annotations.NullMarked;
