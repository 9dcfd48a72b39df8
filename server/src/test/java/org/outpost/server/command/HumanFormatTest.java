package org.outpost.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.ZoneId;

class HumanFormatTest {
    private static final Instant NOW = Instant.parse("2026-11-03T12:00:00Z");

    private final HumanFormat format = new HumanFormat(NOW, ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "2026-11-03T12:00:00Z, now",
        "2026-11-03T12:00:20Z, now",
        "2026-11-03T11:59:58Z, 2 s ago",
        "2026-11-03T11:59:01Z, 59 s ago",
        "2026-11-03T11:59:00Z, 1 min ago",
        "2026-11-03T11:00:01Z, 59 min ago",
        "2026-11-03T11:00:00Z, 1 h ago",
        "2026-11-01T12:00:01Z, 47 h ago",
        "2026-11-01T12:00:00Z, 2 days ago",
        "2025-11-03T12:00:00Z, 365 days ago",
        "2026-11-03T12:05:00Z, in 5 min",
    })
    void tellsHowLongAgoInTheLargestFittingUnit(Instant then, String text) {
        assertThat(format.ago(then)).isEqualTo(text);
    }

    @Test
    void tellsAMomentInTheUsersZoneAndHowLongAgo() {
        assertThat(format.moment(Instant.parse("2026-11-03T11:57:00Z")))
                .isEqualTo("2026-11-03 12:57:00 +01:00 (3 min ago)");
    }

    @Test
    void showsADashForWhatIsNotKnown() {
        assertThat(format.ago(null)).isEqualTo("-");
        assertThat(format.moment(null)).isEqualTo("-");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "1048524, 1023.9 KiB",
        "1048575, 1.0 MiB",
        "1048576, 1.0 MiB",
        "1099511627776, 1.0 TiB",
        "9223372036854775807, 8192.0 PiB",
    })
    void writesBytesWithAUnitThatKeepsThemShort(long bytes, String text) {
        assertThat(HumanFormat.bytes(bytes)).isEqualTo(text);
    }
}
