/** The audit trail: who did what to which device, in a chain of hashes with signed checkpoints. */
@NullMarked
package org.outpost.access.audit;

import org.jspecify.annotations.NullMarked;
