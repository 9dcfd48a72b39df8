package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

class TerminalTextTest {
    @Test
    void showsWhatATerminalWouldObey() {
        assertThat(TerminalText.visible("pc\u001b[2Jx\r\n\u009b\u202e"))
                .isEqualTo("pc\\u001b[2Jx\\u000d\\u000a\\u009b\\u202e");
    }

    @Test
    void leavesNamesOfPeopleAlone() {
        assertThat(TerminalText.visible("Büro-Größe 東京")).isEqualTo("Büro-Größe 東京");
    }

    @Property
    void nothingThatIsVisibleIsAControlCharacter(@ForAll String text) {
        assertThat(TerminalText.visible(text).codePoints())
                .noneMatch(point -> Character.isISOControl(point));
    }

    @Property
    void whatIsCutIsNeverWider(
            @ForAll String text, @ForAll @IntRange(min = 1, max = 50) int width) {
        assertThat(TerminalText.width(TerminalText.cut(text, width))).isLessThanOrEqualTo(width);
    }
}
