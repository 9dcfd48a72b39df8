/**
 * What devices open towards us: channels and datagrams inside their tunnels. By default they end in
 * this process, at the destinations {@code events} and {@code traps}; nothing leaves without an
 * entry that allows it.
 */
@NullMarked
package org.outpost.gateway.devicetraffic;

import org.jspecify.annotations.NullMarked;
