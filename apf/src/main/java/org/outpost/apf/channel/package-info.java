/** The multiplexer: each APF channel is a Netty channel of its own. */
@NullMarked
package org.outpost.apf.channel;

import org.jspecify.annotations.NullMarked;
