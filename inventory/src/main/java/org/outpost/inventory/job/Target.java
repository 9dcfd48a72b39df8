package org.outpost.inventory.job;

import java.util.UUID;

/**
 * A device whose turn will come.
 *
 * @param position its place in the job
 */
record Target(long position, UUID device) {}
