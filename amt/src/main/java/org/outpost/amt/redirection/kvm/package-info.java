/** KVM: opens the channel, which is a transparent pipe of RFB then (redirection.md §4). */
@NullMarked
package org.outpost.amt.redirection.kvm;

import org.jspecify.annotations.NullMarked;
