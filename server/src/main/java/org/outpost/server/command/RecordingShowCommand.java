package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/** {@code outpost recording show}. */
@Command(
        name = "show",
        description = {"Show whose text console a recording is of, and whether it is whole.", ""},
        mixinStandardHelpOptions = true)
final class RecordingShowCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Which one; see: outpost recording list")
    private String id = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.get(ApiClient.path("recordings", id), Map.of());
        if (json()) {
            print(answer);
            return;
        }
        RecordingView recording = client.read(answer, RecordingView.class);
        Fields fields = new Fields();
        fields.add("Recording", TerminalText.visible(recording.id()));
        fields.add("Device", TerminalText.visible(recording.title()));
        fields.add("GUID", TerminalText.visible(recording.guid()));
        fields.add("Tenant", TerminalText.visible(recording.tenantId()));
        fields.add("User", TerminalText.visible(recording.user()));
        fields.add("From", TerminalText.visible(recording.address()));
        fields.add("Started", format().moment(recording.started()));
        fields.add("Ended", format().moment(recording.ended()));
        fields.add("Length", recording.length());
        fields.add("State", TerminalText.visible(recording.state()));
        fields.add("Size", HumanFormat.bytes(recording.bytes()));
        fields.print(out());
    }
}
