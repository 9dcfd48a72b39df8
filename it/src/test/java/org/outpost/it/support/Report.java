package org.outpost.it.support;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Figures that a test has seen, for whoever reads the build's output. */
public final class Report {
    private static final Logger LOG = LoggerFactory.getLogger(Report.class);

    private Report() {}

    /** Tells one. */
    public static void line(String text) {
        LOG.atInfo().log(text);
    }
}
