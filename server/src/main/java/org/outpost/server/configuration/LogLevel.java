package org.outpost.server.configuration;

/** How much is logged. */
public enum LogLevel {
    /** Nothing. */
    OFF,
    /** What needs somebody now. */
    ERROR,
    /** What deserves a look. */
    WARN,
    /** What happened. */
    INFO,
    /** Why it happened. */
    DEBUG,
    /** Each step. */
    TRACE
}
