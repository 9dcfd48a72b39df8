/** The device's HTTP server: web page, digest sign-in and WS-Management, plain or in TLS. */
@NullMarked
package org.outpost.simulator.amt;

import org.jspecify.annotations.NullMarked;
