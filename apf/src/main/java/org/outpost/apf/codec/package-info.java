/** APF messages to bytes and back. */
@NullMarked
package org.outpost.apf.codec;

import org.jspecify.annotations.NullMarked;
