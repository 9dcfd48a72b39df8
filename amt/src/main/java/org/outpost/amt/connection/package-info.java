/**
 * From a port of the device to a channel that may be spoken on: plain or TLS, and whose certificate
 * it is.
 */
@NullMarked
package org.outpost.amt.connection;

import org.jspecify.annotations.NullMarked;
