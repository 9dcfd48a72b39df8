/** KVM: an RFB server with a desktop behind it (redirection.md §4). */
@NullMarked
package org.outpost.simulator.redirection.kvm;

import org.jspecify.annotations.NullMarked;
