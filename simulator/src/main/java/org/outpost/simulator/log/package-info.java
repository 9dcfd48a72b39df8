/** The event log and the audit log of a device, in the records that AMT keeps. */
@NullMarked
package org.outpost.simulator.log;

import org.jspecify.annotations.NullMarked;
