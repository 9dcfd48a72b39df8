/** What Intel AMT can do, over any Netty channel to a device. */
@NullMarked
package org.outpost.amt;

import org.jspecify.annotations.NullMarked;
