package org.outpost.server.configuration.binding;

/** How a setting is changed. */
public enum Change {
    /** Written anew, it counts at the next start. */
    RESTART,
    /** The configuration file is read again when it changes, and this key of it counts at once. */
    CONFIGURATION_FILE,
    /** The file that it names is read again; another name counts at the next start. */
    NAMED_FILE,
    /** By a call of the API, until the next start. */
    API
}
