/** Blocking SOCKS and HTTP proxy clients made of sockets and bytes, for the doors. */
@NullMarked
package org.outpost.testkit.socks;

import org.jspecify.annotations.NullMarked;
