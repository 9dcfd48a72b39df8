package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin private final Paging paging = new Paging();

    private record Page(List<CredentialView> data, long totalCount) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("revoked", String.valueOf(all));
        paging.into(query, spec());
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
        paging.footer(out(), "Credentials", page.data().size(), page.totalCount());
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
