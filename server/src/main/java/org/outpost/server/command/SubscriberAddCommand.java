package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/** {@code outpost subscriber add}. */
@Command(
        name = "add",
        description = {
            "Tell somebody from now on which devices come and go. egress.allow in the server's"
                    + " configuration must allow the address.",
            ""
        },
        mixinStandardHelpOptions = true)
final class SubscriberAddCommand extends ApiCommand {
    @Parameters(paramLabel = "URL", description = "Where: an http or https address.")
    private String url = "";

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description =
                    "How: cloudevents-http, cloudevents-http-batch or mps-soap. Default:"
                            + " ${DEFAULT-VALUE}.",
            defaultValue = "cloudevents-http")
    private String type = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer =
                client.post(ApiClient.path("subscribers"), Map.of("type", type, "url", url));
        if (json()) {
            print(answer);
            return;
        }
        SubscriberView added = client.read(answer, SubscriberView.class);
        out().println(
                        "Subscriber "
                                + added.id()
                                + " is told from now on. See whether it answers: outpost"
                                + " subscriber test "
                                + added.id());
    }
}
