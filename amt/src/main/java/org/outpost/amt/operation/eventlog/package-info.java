/** The event log and its records. */
@NullMarked
package org.outpost.amt.operation.eventlog;

import org.jspecify.annotations.NullMarked;
