package org.outpost.access.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.access.audit.SigningKeys;
import org.outpost.access.audit.TrailFixture;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The script of docs/audit.md, as it stands there. */
@NeedsTool({"python3", "openssl"})
class PythonVerifierTest {
    private static final String BEGIN = "```python\n";

    @TempDir private Path folder;

    private Command.Result run(byte[] export, String keys) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "audit.md"));
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        assertThat(begin).as("the page holds the script").isGreaterThan(BEGIN.length());
        Path script = folder.resolve("verify.py");
        Files.writeString(script, page.substring(begin, page.indexOf("```", begin)));
        Path file = folder.resolve("export.jsonl");
        Files.write(file, export);
        Path key = folder.resolve("key.pem");
        Files.writeString(key, keys);
        return Command.of("python3", script.toString(), file.toString(), key.toString()).run();
    }

    @Test
    void anExportIsFoundSoundAndOneThatWasChangedIsNot() throws Exception {
        byte[] export = ExportedFile.bytes();
        String keys = TrailFixture.KEYS.trusted().pem();

        assertThat(run(export, keys).succeeded().out()).contains("sound up to entry 25");
        String text = new String(export, StandardCharsets.UTF_8);
        assertThat(run(text.replace("INC-6\"", "INC-9\"").getBytes(StandardCharsets.UTF_8), keys))
                .satisfies(
                        changed -> {
                            assertThat(changed.exit()).isNotZero();
                            assertThat(changed.err()).contains("line 8 was changed");
                        });
        assertThat(
                        run(
                                        text.substring(0, text.indexOf("{\"kind\":\"seal"))
                                                .getBytes(StandardCharsets.UTF_8),
                                        keys)
                                .err())
                .contains("the end is missing");
        assertThat(run(export, SigningKeys.generate().trusted().pem()).exit()).isNotZero();
    }
}
