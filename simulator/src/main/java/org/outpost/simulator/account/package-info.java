/** Who may sign in at a device, and for what: the access control list and its realms. */
@NullMarked
package org.outpost.simulator.account;

import org.jspecify.annotations.NullMarked;
