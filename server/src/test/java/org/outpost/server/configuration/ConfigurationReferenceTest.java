package org.outpost.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.outpost.server.configuration.binding.Schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ConfigurationReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String START = "<!-- keys: start -->\n";
    private static final String END = "<!-- keys: end -->\n";

    /** With {@code -Dtest.jvm.extra=-Doutpost.write-docs=true} it writes the page's table anew. */
    @Test
    void thePageListsExactlyTheKeysThatTheServerKnows() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf(START) + START.length();
        int end = page.indexOf(END);
        String reference = "\n" + Schema.reference(Configuration.class) + "\n";
        if (Boolean.getBoolean("outpost.write-docs")) {
            page = page.substring(0, start) + reference + page.substring(end);
            Files.writeString(PAGE, page);
            end = page.indexOf(END);
        }

        assertThat(page.substring(start, end)).isEqualTo(reference);
    }
}
