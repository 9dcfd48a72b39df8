package org.outpost.server.web.amt;

import org.jspecify.annotations.Nullable;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a body, so that a caller hears of all of it at once. */
final class Checks {
    /** What the validators of Open DMT's MPS say where they have no sentence of their own. */
    static final String INVALID = "Invalid value";

    private final List<Invalid> problems = new ArrayList<>();

    /** Demands that something is so. */
    Checks that(boolean right, String path, String message) {
        if (!right) {
            problems.add(Invalid.inBody(path, message));
        }
        return this;
    }

    /** Demands a value. */
    Checks present(@Nullable Object value, String path) {
        return that(value != null, path, INVALID);
    }

    /** Demands a text of up to so many characters that is not empty. */
    Checks text(@Nullable String value, String path, int longest) {
        return that(value != null && !value.isBlank() && value.length() <= longest, path, INVALID);
    }

    /** Demands a number in a range. */
    Checks number(@Nullable Integer value, String path, int least, int most) {
        return that(value != null && value >= least && value <= most, path, INVALID);
    }

    /** Refuses the request when something was wrong. */
    void done() {
        if (!problems.isEmpty()) {
            throw Answers.invalid(problems.toArray(Invalid[]::new));
        }
    }

    /** A value that was checked before. */
    static <T> T checked(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a body was not checked");
        }
        return value;
    }
}
