package org.outpost.server.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import java.io.PrintWriter;
import java.util.Map;

/** The options of commands that show a part of a long list. */
final class Paging {
    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most so many. Default: ${DEFAULT-VALUE}.")
    private int top;

    @Option(
            names = "--skip",
            paramLabel = "N",
            defaultValue = "0",
            description = "Leave out so many first ones.")
    private int skip;

    /** Puts the part that is wanted into a query, once the options make sense. */
    void into(Map<String, String> query, CommandSpec spec) {
        if (top < 1 || skip < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--top must be 1 or more and --skip 0 or more");
        }
        query.put("$top", String.valueOf(top));
        query.put("$skip", String.valueOf(skip));
    }

    /** Says which part was shown, unless it is the whole. */
    void footer(PrintWriter out, String what, int shown, long total) {
        if (total > shown) {
            out.printf("%s %d to %d of %d.%n", what, skip + 1, skip + shown, total);
        }
    }
}
