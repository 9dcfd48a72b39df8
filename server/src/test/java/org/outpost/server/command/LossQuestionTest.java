package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossQuestionTest {
    @ParameterizedTest
    @CsvSource({"y,true", "Yes,true", "' YES ',true", "'',false", "n,false", "yep,false"})
    void onlyAYesIsAYes(String answer, boolean yes) {
        assertThat(LossQuestion.isYes(answer)).isEqualTo(yes);
    }
}
