package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/** {@code outpost why}. */
@Command(
        name = "why",
        description = {
            "Tell in words why a device is not connected, or how it fares, and what to do.",
            "Exit code 0 with an answer, 1 when nothing is known of it.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost why pc-0001.example.com",
            "  outpost why 203.0.113.7",
            "  outpost why 203.0.113.0/24 --json",
        },
        mixinStandardHelpOptions = true)
public final class WhyCommand extends ApiCommand {
    @Parameters(
            paramLabel = "NAME|GUID|ADDRESS",
            description = "A device, or where connections come from: an address or a range.")
    private String target = "";

    private record Answer(boolean known, List<String> text) {}

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode document = client.get(ApiClient.path("why"), Map.of("target", target));
        Answer answer = client.read(document, Answer.class);
        if (json()) {
            print(document);
        } else {
            int width = TerminalSize.columns(System.getenv());
            String gap = "";
            for (String paragraph : answer.text()) {
                out().print(gap);
                Paragraph.of(TerminalText.visible(paragraph), width).forEach(out()::println);
                gap = System.lineSeparator();
            }
        }
        if (!answer.known()) {
            throw new CommandFailedException(
                    "nothing is known of '" + TerminalText.visible(target) + "'");
        }
    }
}
