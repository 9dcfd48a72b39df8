/**
 * What all doors for consoles share: listening, allow-lists, limits, TLS, signing in, finding
 * devices, and why that may fail.
 */
@NullMarked
package org.outpost.gateway.door;

import org.jspecify.annotations.NullMarked;
