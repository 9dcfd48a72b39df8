package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code outpost device software}. */
@Command(
        name = "software",
        description = {
            "Show what is installed on a PC, as the flash of its AMT remembers it: also when the PC"
                    + " is off or its disk is broken. Or write that list.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost device software pc-0001.example.com",
            "  ssh pc-0001 dpkg-query -W | outpost device software pc-0001 --write -",
            "More: docs/software.md"
        },
        mixinStandardHelpOptions = true)
final class DeviceSoftwareCommand extends AmtDeviceCommand {
    private static final String ROUTE = "storage";
    private static final String SOFTWARE = "software";

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description =
                    "Write this list: a line for each program, its name, version and vendor with a"
                            + " tab between them; - reads standard input. A list that the device"
                            + " has already is not written again.")
    private @Nullable String source;

    @Override
    void run(AmtDevice device) throws CommandFailedException {
        if (source == null) {
            show(device.get(ROUTE, SOFTWARE));
        } else {
            write(device, programs(source));
        }
    }

    private void show(JsonNode software) {
        if (json()) {
            print(software);
            return;
        }
        Table table =
                new Table(
                        Table.Column.text("NAME", 20),
                        Table.Column.text("VERSION", 12),
                        Table.Column.text("VENDOR", 8));
        for (JsonNode program : software.path("programs")) {
            table.add(
                    program.path("name").asString(""),
                    program.path("version").asString(""),
                    program.path("vendor").asString(""));
        }
        print(table);
    }

    private static List<Map<String, String>> programs(String source) throws CommandFailedException {
        String text;
        try {
            text =
                    source.equals("-")
                            ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                            : Files.readString(Path.of(source));
        } catch (IOException e) {
            throw new CommandFailedException(
                    "the list in " + source + " cannot be read: " + Reason.of(e), e);
        }
        List<Map<String, String>> programs =
                text.lines()
                        .filter(line -> !line.isBlank())
                        .map(DeviceSoftwareCommand::program)
                        .toList();
        if (programs.isEmpty()) {
            throw new CommandFailedException(
                    "there is no program in the list; it has a line for each: name, tab, version");
        }
        return programs;
    }

    private static Map<String, String> program(String line) {
        String[] parts = line.split("\t", -1);
        Map<String, String> program = new LinkedHashMap<>();
        program.put("name", parts[0]);
        program.put("version", parts.length > 1 ? parts[1] : "");
        program.put("vendor", parts.length > 2 ? parts[2] : "");
        return program;
    }

    private void write(AmtDevice device, List<Map<String, String>> programs)
            throws CommandFailedException {
        JsonNode written = device.put(Map.of("programs", programs), ROUTE, SOFTWARE);
        if (json()) {
            print(written);
            return;
        }
        out().println(
                        device.name()
                                + (written.path("result").asString("").equals("unchanged")
                                        ? ": has this list already"
                                        : ": remembers "
                                                + HumanFormat.count(programs.size(), "program")));
    }
}
