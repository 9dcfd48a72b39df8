package org.outpost.server.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.server.configuration.ConnectionLogSettings;
import org.outpost.server.configuration.LogFormat;
import org.outpost.server.configuration.LogLevel;
import org.outpost.server.configuration.LoggingSettings;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class LogLevelsTest {
    private static final List<String> USED =
            List.of(LogLevels.ROOT, "org.eclipse", "org.eclipse.jetty");

    private final Map<String, @Nullable Level> before = new HashMap<>();
    private final LogLevels levels = new LogLevels();

    @BeforeEach
    void keep() {
        USED.forEach(name -> before.put(name, logger(name).getLevel()));
    }

    @AfterEach
    void restore() {
        before.forEach((name, level) -> logger(name).setLevel(level));
    }

    @ParameterizedTest
    @CsvSource({
        "org.eclipse.jetty, debug",
        "org.eclipse.jetty.http.HttpParser, trace",
        "org.eclipse.jetty$x, TRACE",
    })
    void whatPrintsTokensIsNotLetThroughAndTheAnswerSaysWhy(String logger, String level) {
        assertThatThrownBy(() -> levels.set(logger, level))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        logger
                                + ": below info this logger prints the passwords and tokens of"
                                + " requests; write info, warn, error or off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "warn", "error", "off"})
    void quieterLevelsAreFine(String level) {
        levels.set("org.eclipse.jetty", level);

        assertThat(levels.explicit()).containsEntry("org.eclipse.jetty", level);
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "org.eclipse"})
    void whatPrintsTokensDoesNotGoAlongWithThoseAboveIt(String above) {
        logger("org.eclipse.jetty").setLevel(null);

        levels.set(above, "trace");

        assertThat(logger("org.eclipse.jetty.http.HttpParser").isInfoEnabled()).isFalse();
        assertThat(logger(above).isTraceEnabled()).isTrue();
    }

    @Test
    void theConfiguredLevelOfAllDoesNotLetThemThrough() {
        USED.forEach(
                name -> logger(name).setLevel(name.equals(LogLevels.ROOT) ? Level.INFO : null));

        LogSetup.apply(
                new LoggingSettings(
                        LogFormat.TEXT,
                        LogLevel.TRACE,
                        Map.of(),
                        new ConnectionLogSettings(false, null, 1, 1, 1)));

        assertThat(logger("org.eclipse.jetty.http.HttpParser").isDebugEnabled()).isFalse();
        assertThat(logger("org.outpost").isTraceEnabled()).isTrue();
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }
}
