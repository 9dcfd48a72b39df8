package org.outpost.server.configuration.binding;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. Holds every reason, in the order of the lines. */
public final class ConfigurationException extends Exception {
    private final transient List<Problem> problems;

    /** With at least one problem. */
    public ConfigurationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems =
                problems.stream()
                        .sorted(Comparator.comparingInt(problem -> problem.origin().line()))
                        .toList();
    }

    /** What is wrong. */
    public List<Problem> problems() {
        return problems;
    }
}
