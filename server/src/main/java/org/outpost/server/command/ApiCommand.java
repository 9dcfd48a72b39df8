package org.outpost.server.command;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import tools.jackson.databind.JsonNode;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;

/**
 * A command that asks a running server. Exit code 0 when it did what it was asked, 1 when not (the
 * reason is on standard error), 2 when it was called wrongly.
 */
abstract class ApiCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin private ApiOptions options = new ApiOptions();

    /** Does it. */
    abstract void run(ApiClient client) throws CommandFailedException;

    @Override
    public final Integer call() {
        try (ApiClient client = options.connect(DefaultDataDirectory.ofThisProcess())) {
            run(client);
            return spec.exitCodeOnSuccess();
        } catch (CommandFailedException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(spec.root().name() + ": " + e.getMessage());
            err.flush();
            return spec.exitCodeOnExecutionException();
        } finally {
            out().flush();
        }
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final CommandSpec spec() {
        return spec;
    }

    final boolean json() {
        return options.json();
    }

    /** Prints a document for programs. */
    final void print(JsonNode document) {
        out().println(JsonText.of(document));
    }

    final void print(Table table) {
        table.print(out(), TerminalSize.columns(System.getenv()));
    }

    final HumanFormat format() {
        return new HumanFormat(Instant.now(), ZoneId.systemDefault());
    }
}
