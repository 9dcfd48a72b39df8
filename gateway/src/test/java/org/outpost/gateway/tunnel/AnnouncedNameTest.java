package org.outpost.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncedNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"pc", "PC-1", "pc.example.test", "pc.example.test.", "my_pc", "1pc", "a"})
    void aHostNameIsPlausible(String name) {
        assertThat(AnnouncedName.isPlausible(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "192.0.2.1",
                "2001:db8::1",
                "-pc",
                "pc-",
                "pc..example",
                "pc\n.example",
                "pc/../etc",
                "пк",
                ".",
                "pc<script>"
            })
    void whatIsNoHostNameIsNot(String name) {
        assertThat(AnnouncedName.isPlausible(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 254, 2048})
    void whatIsTooLongIsNot(int length) {
        assertThat(AnnouncedName.isPlausible("a".repeat(length))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PC.Example.TEST", "pc.example.test."})
    void namesAreComparedWithoutCaseAndTrailingDot(String name) {
        assertThat(AnnouncedName.key(name)).isEqualTo("pc.example.test");
    }
}
