/** The channels to devices that are open: who talks to which device. */
@NullMarked
package org.outpost.gateway.channel;

import org.jspecify.annotations.NullMarked;
