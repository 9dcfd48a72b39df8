package org.outpost.server.configuration;

/** How log lines look. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** One object a line, for programs. */
    JSON
}
