package org.outpost.amt.operation.eventlog;

/**
 * The state of the event log (AMT_MessageLog).
 *
 * @param records how many there are
 * @param most how many there may be
 * @param frozen whether nothing is added
 */
public record EventLogInfo(long records, long most, boolean frozen) {}
