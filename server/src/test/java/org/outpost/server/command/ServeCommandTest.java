package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What {@code serve} says before it starts; here it cannot, for a file is where its data goes. */
class ServeCommandTest {
    @TempDir private Path folder;

    @Test
    void withoutAFileItSaysWhereItsDoorsAre() throws Exception {
        Path passwords = Files.writeString(folder.resolve("users.passwd"), "a:b\n");
        String authenticators =
                "--set=console.authenticators=[{type: password-file, file: %s}]"
                        .formatted(passwords);

        assertThat(serve(Map.of(), authenticators).out())
                .contains("safe defaults: doors for consoles listen on loopback only, data is in");
        assertThat(serve(Map.of(), authenticators, "--set=web.address=0.0.0.0").out())
                .contains(
                        "doors for consoles listen on loopback, except where an address is"
                                + " written, data is in");
    }

    @Test
    void aVariableThatNamesNoKeyIsToldAndIgnored() throws Exception {
        CommandRun run = serve(Map.of("OUTPOST_HTTP_PROXI_PORT", "8081"));

        assertThat(run.err() + run.out())
                .contains("names no key of the configuration; ignored")
                .contains("OUTPOST_HTTP_PROXI_PORT");
    }

    private CommandRun serve(Map<String, String> environment, String... options) throws Exception {
        Path inTheWay = Files.writeString(folder.resolve("file"), "");
        String[] arguments = new String[options.length + 2];
        arguments[0] = "serve";
        arguments[1] = "--set=data-dir=" + inTheWay;
        System.arraycopy(options, 0, arguments, 2, options.length);
        CommandRun run = CommandRun.inProcess(environment, folder, arguments);
        assertThat(run.exitCode()).isEqualTo(1);
        return run;
    }
}
