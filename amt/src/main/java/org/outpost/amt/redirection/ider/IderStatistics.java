package org.outpost.amt.redirection.ider;

/**
 * What a session has done so far.
 *
 * @param commands of the host
 * @param floppyBytes read from the floppy
 * @param cdBytes read from the CD
 * @param waits how often an answer had to wait for the file
 * @param resets of the host
 * @param writesRefused writes that the host tried
 */
public record IderStatistics(
        long commands,
        long floppyBytes,
        long cdBytes,
        long waits,
        long resets,
        long writesRefused) {}
