/**
 * What stands in front of a door and speaks for others: load balancers and TLS terminators, heard
 * through the PROXY protocol, versions 1 and 2.
 */
@NullMarked
package org.outpost.gateway.terminator;

import org.jspecify.annotations.NullMarked;
