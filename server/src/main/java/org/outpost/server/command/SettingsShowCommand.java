package org.outpost.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/** {@code outpost settings show}. */
@Command(
        name = "show",
        description = {"Show one setting: what it means, and how it is changed.", ""},
        mixinStandardHelpOptions = true)
final class SettingsShowCommand extends ApiCommand {
    @Parameters(paramLabel = "KEY", description = "Which one; see: outpost settings list")
    private String path = "";

    @Override
    void run(ApiClient client) throws CommandFailedException {
        JsonNode answer = client.get(ApiClient.path("settings", path), Map.of());
        if (json()) {
            print(answer);
            return;
        }
        SettingView setting = client.read(answer, SettingView.class);
        Fields fields = new Fields();
        fields.add("Key", setting.path());
        fields.add("Value", setting.text());
        fields.add("From", setting.origin());
        fields.add("Meaning", setting.documentation());
        fields.add("Change", setting.how());
        fields.print(out());
    }
}
