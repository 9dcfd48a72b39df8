package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code outpost device credential list}. */
@Command(
        name = "list",
        description = {"List the credentials that were generated for devices.", ""},
        mixinStandardHelpOptions = true)
final class DeviceCredentialListCommand extends ApiCommand {
    @Option(names = "--all", description = "Those that were revoked, too.")
    private boolean all;

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

    private record Page(List<CredentialView> data, long totalCount) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        if (top < 1 || skip < 0) {
            throw new ParameterException(
                    spec().commandLine(), "--top must be 1 or more and --skip 0 or more");
        }
        Map<String, String> query = new LinkedHashMap<>();
        query.put("revoked", String.valueOf(all));
        query.put("$top", String.valueOf(top));
        query.put("$skip", String.valueOf(skip));
        JsonNode answer = client.get(ApiClient.path("device-credentials"), query);
        if (json()) {
            print(answer);
            return;
        }
        Page page = client.read(answer, Page.class);
        if (page.data().isEmpty()) {
            out().println(
                            page.totalCount() > 0
                                    ? "There are only "
                                            + HumanFormat.count(page.totalCount(), "credential")
                                            + " to list."
                                    : "No credential was generated; make one with: outpost device"
                                            + " credential create");
            return;
        }
        print(table(page.data()));
        if (page.totalCount() > page.data().size()) {
            out().printf(
                            "Credentials %d to %d of %d.%n",
                            skip + 1, skip + page.data().size(), page.totalCount());
        }
    }

    private Table table(List<CredentialView> credentials) {
        Table table =
                new Table(
                        Table.Column.whole("USER"),
                        Table.Column.whole("STATE"),
                        Table.Column.whole("CREATED"),
                        Table.Column.whole("DEVICE"),
                        Table.Column.text("LABEL", 10));
        for (CredentialView one : credentials) {
            table.add(
                    one.user(),
                    one.revoked() == null ? "good" : "revoked",
                    format().ago(one.created()),
                    CredentialView.orDash(one.device()),
                    CredentialView.orDash(one.label()));
        }
        return table;
    }
}
