package org.outpost.inventory.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.inventory.attempt.Attempts.NOON;
import static org.outpost.inventory.attempt.Attempts.claimed;
import static org.outpost.inventory.attempt.Attempts.connected;
import static org.outpost.inventory.attempt.Attempts.failed;

import org.junit.jupiter.api.Test;
import org.outpost.gateway.attempt.Outcome;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

class AttemptBookTest {
    private static final UUID DEVICE = new UUID(1, 1);
    private static final int MOST = 100;

    private final List<EntryKey> gone = new ArrayList<>();
    private final AttemptBook book = new AttemptBook(MOST, gone::add);

    @Test
    void countsWhatBecameOfConnectionsByAddressAndDevice() {
        book.note(failed("203.0.113.7", Outcome.CA_NOT_TRUSTED, NOON));
        book.note(failed("203.0.113.7", Outcome.CA_NOT_TRUSTED, NOON.plusSeconds(60)));
        book.note(connected("203.0.113.7", DEVICE, "pc-1", NOON.plusSeconds(90)));

        assertThat(book.find(AttemptQuery.ALL).entries())
                .satisfiesExactly(
                        device -> {
                            assertThat(device.device()).isEqualTo(DEVICE);
                            assertThat(device.tunnels()).isEqualTo(1);
                            assertThat(device.fails()).isFalse();
                        },
                        nobody -> {
                            assertThat(nobody.device()).isNull();
                            assertThat(nobody.fails()).isTrue();
                            assertThat(nobody.first()).isEqualTo(NOON);
                            assertThat(nobody.last()).isEqualTo(NOON.plusSeconds(60));
                            assertThat(nobody.count(Outcome.CA_NOT_TRUSTED)).isEqualTo(2);
                        });
    }

    @Test
    void anIpv6AddressCountsByItsHousehold() {
        book.note(failed("2001:db8:1:2::1", Outcome.TLS_TIMEOUT, NOON));
        book.note(failed("2001:db8:1:2:ffff::9", Outcome.TLS_TIMEOUT, NOON));
        book.note(failed("2001:db8:1:3::1", Outcome.TLS_TIMEOUT, NOON));

        assertThat(book.find(AttemptQuery.ALL).entries())
                .extracting(entry -> entry.source().toString())
                .containsExactlyInAnyOrder("2001:db8:1:2::/64", "2001:db8:1:3::/64");
    }

    @Test
    void strangersFromManyAddressesPushOutStrangersOnly() {
        book.note(connected("203.0.113.7", DEVICE, "pc-1", NOON));
        book.note(failed("203.0.113.7", Outcome.CLOSED_IN_TLS, NOON));
        book.note(failed("198.51.100.1", Outcome.CLOSED_IN_TLS, NOON));
        for (int i = 0; i < 10 * MOST; i++) {
            book.note(failed("10.0." + i / 256 + "." + i % 256, Outcome.NOTHING_SENT, NOON));
        }

        assertThat(book.size()).isEqualTo(MOST + 2);
        assertThat(book.get(new EntryKey(source("203.0.113.7"), DEVICE))).isNotNull();
        assertThat(book.get(new EntryKey(source("203.0.113.7"), null)))
                .as("what came from a known device's address before its UUID was known")
                .isNotNull();
        assertThat(book.get(new EntryKey(source("198.51.100.1"), null))).isNull();
        assertThat(gone).hasSize(9 * MOST + 1);
    }

    @Test
    void claimsOfManyUuidsFromOneAddressAreCountedTogether() {
        for (int i = 0; i < 10 * MOST; i++) {
            book.note(claimed("203.0.113.7", new UUID(2, i), Outcome.WRONG_CREDENTIALS, NOON));
        }

        assertThat(book.size()).isEqualTo(AttemptBook.CLAIMS_PER_SOURCE + 1);
        assertThat(
                        book.find(AttemptQuery.ALL).entries().stream()
                                .mapToLong(AttemptEntry::failures)
                                .sum())
                .isEqualTo(10 * MOST);
    }

    @Test
    void aDeviceThatTravelsKeepsItsLastPlaces() {
        for (int i = 0; i < 40; i++) {
            book.note(connected("203.0.113." + i, DEVICE, "pc-1", NOON.plusSeconds(i)));
        }

        assertThat(book.find(AttemptQuery.ALL).entries())
                .hasSize(AttemptBook.SOURCES_PER_DEVICE)
                .first()
                .satisfies(e -> assertThat(e.source()).isEqualTo(source("203.0.113.39")));
    }

    @Test
    void findsByAddressRangeNameUuidUserAndFailure() {
        book.note(connected("203.0.113.7", DEVICE, "PC-1.example.test.", NOON));
        book.note(claimed("203.0.113.8", new UUID(1, 2), Outcome.WRONG_CREDENTIALS, NOON));
        book.note(failed("2001:db8:1:2::1", Outcome.TLS_TIMEOUT, NOON));

        assertThat(sources(AttemptQuery.ALL.from(AddressRange.parse("203.0.113.0/29"))))
                .containsExactly("203.0.113.7");
        assertThat(sources(AttemptQuery.ALL.from(AddressRange.parse("2001:db8:1:2::ffff"))))
                .containsExactly("2001:db8:1:2::/64");
        assertThat(sources(AttemptQuery.ALL.from(AddressRange.parse("2001:db8::/32"))))
                .containsExactly("2001:db8:1:2::/64");
        assertThat(sources(AttemptQuery.ALL.from(AddressRange.parse("0.0.0.0/0")))).hasSize(2);
        for (String name : List.of("pc-1", "pc-1.EXAMPLE.test")) {
            assertThat(sources(AttemptQuery.ALL.ofDevices(name, Set.of())))
                    .containsExactly("203.0.113.7");
        }
        assertThat(sources(AttemptQuery.ALL.ofDevices("pc-1.other", Set.of()))).isEmpty();
        assertThat(sources(AttemptQuery.ALL.ofDevices("", Set.of(new UUID(1, 2)))))
                .containsExactly("203.0.113.8");
        assertThat(sources(new AttemptQuery(null, "", Set.of(), "DEVICE", false, 0, 10)))
                .hasSize(2);
        assertThat(sources(new AttemptQuery(null, "", Set.of(), "", true, 0, 10)))
                .containsExactlyInAnyOrder("203.0.113.8", "2001:db8:1:2::/64");
        assertThat(book.find(new AttemptQuery(null, "", Set.of(), "", false, 2, 10)))
                .satisfies(
                        page -> {
                            assertThat(page.total()).isEqualTo(3);
                            assertThat(page.entries()).hasSize(1);
                        });
    }

    @Test
    void dropsWhatIsOld() {
        book.note(connected("203.0.113.7", DEVICE, "pc-1", NOON));
        book.note(failed("203.0.113.8", Outcome.TLS_TIMEOUT, NOON.minus(Duration.ofDays(31))));
        book.prune(NOON.minus(Duration.ofDays(30)));
        assertThat(sources(AttemptQuery.ALL)).containsExactly("203.0.113.7");
        assertThat(gone).hasSize(1);
    }

    private List<String> sources(AttemptQuery query) {
        return book.find(query).entries().stream().map(e -> e.source().toString()).toList();
    }

    private static Source source(String address) {
        return Source.parse(address);
    }
}
