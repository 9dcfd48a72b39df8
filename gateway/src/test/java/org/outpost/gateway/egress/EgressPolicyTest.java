package org.outpost.gateway.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.gateway.egress.Decision.Allowed;
import org.outpost.gateway.egress.Decision.Cause;
import org.outpost.gateway.egress.Decision.Refused;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

final class EgressPolicyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final OwnDoors doors = new OwnDoors();

    private static NameResolver names(Map<String, List<String>> known) {
        return host -> {
            List<String> literals = known.get(host);
            if (literals == null) {
                try {
                    return List.of(InetAddress.ofLiteral(host));
                } catch (IllegalArgumentException e) {
                    throw new UnknownHostException(host);
                }
            }
            return literals.stream().map(InetAddress::ofLiteral).toList();
        };
    }

    private EgressPolicy policy(NameResolver resolver, String... entries) {
        return new EgressPolicy(
                List.of(entries).stream().map(EgressRule::parse).toList(),
                doors,
                resolver,
                PATIENCE);
    }

    private Decision decide(NameResolver resolver, String host, int port, String... entries) {
        try (EgressPolicy policy = policy(resolver, entries)) {
            return policy.decide(host, port).toCompletableFuture().join();
        }
    }

    private Decision decide(String host, int port, String... entries) {
        return decide(names(Map.of()), host, port, entries);
    }

    private static Cause cause(Decision decision) {
        assertThat(decision).isInstanceOf(Refused.class);
        return ((Refused) decision).cause();
    }

    /** A look-up is traffic too: it can carry data out, and a name that hangs holds a thread. */
    @Test
    void aNameThatNoEntryCouldAllowIsNotEvenLookedUp() {
        NameResolver nobody =
                host -> {
                    throw new AssertionError("looked up: " + host);
                };
        assertThat(cause(decide(nobody, "data.example", 80))).isEqualTo(Cause.NOT_ALLOWED);
        assertThat(cause(decide(nobody, "data.example", 80, "other.example:80", "10.0.0.0/8:81")))
                .isEqualTo(Cause.NOT_ALLOWED);
    }

    /** The caller may be an event loop: it waits for no thread, and asks about no interface. */
    @Test
    void anAddressIsDecidedAtOnceUnlessTheMachineHasToBeAsked() {
        doors.add(new InetSocketAddress("0.0.0.0", 4433));
        List<Thread> threads = new CopyOnWriteArrayList<>();
        NameResolver literal =
                host -> {
                    threads.add(Thread.currentThread());
                    return List.of(InetAddress.ofLiteral(host));
                };

        decide(literal, "192.0.2.7", 443, "192.0.2.7:443");
        decide(literal, "192.0.2.7", 4433, "192.0.2.7");

        assertThat(threads).hasSize(2);
        assertThat(threads.getFirst()).isEqualTo(Thread.currentThread());
        assertThat(threads.getLast().getName()).startsWith("outpost-egress-");
    }

    @Test
    void nothingLeavesWithoutAnEntry() {
        Decision decision = decide("192.0.2.7", 443);

        assertThat(cause(decision)).isEqualTo(Cause.NOT_ALLOWED);
        assertThat(((Refused) decision).reason())
                .contains("192.0.2.7:443")
                .contains("egress.allow");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7:443, 192.0.2.7, 443",
        "192.0.2.7, 192.0.2.7, 9000",
        "192.0.2.7:*, 192.0.2.7, 1",
        "192.0.2.0/24:400-500, 192.0.2.99, 443",
        "0.0.0.0/0:443, 198.51.100.1, 443",
        "[2001:db8::7]:443, 2001:db8::7, 443",
        "[2001:db8::7]:443, [2001:db8::7], 443",
        "2001:db8::/32, 2001:db8:1::1, 80",
        "[2001:db8::]/32:80, 2001:db8:1::1, 80",
        "[2001:db8::/32]:80, 2001:db8:1::1, 80",
    })
    void anEntryOpensWhatItNames(String entry, String host, int port) {
        assertThat(decide(host, port, entry)).isInstanceOf(Allowed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7:443, 192.0.2.7, 444",
        "192.0.2.7:443, 192.0.2.8, 443",
        "192.0.2.0/24:400-500, 192.0.3.1, 443",
        "192.0.2.0/24:400-500, 192.0.2.1, 501",
        "10.0.0.0/8, 2002:a00:1::, 443",
        "hooks.example.com:443, 192.0.2.7, 443",
    })
    void anEntryOpensNothingElse(String entry, String host, int port) {
        assertThat(cause(decide(host, port, entry))).isEqualTo(Cause.NOT_ALLOWED);
    }

    @Test
    void aNameIsComparedWithoutCaseOrTheDotOfTheRoot() {
        NameResolver resolver = names(Map.of("Hooks.Example.com.", List.of("192.0.2.7")));

        Decision decision = decide(resolver, "Hooks.Example.com.", 443, "hooks.example.COM:443");

        assertThat(decision)
                .isEqualTo(
                        new Allowed(
                                List.of(
                                        new InetSocketAddress(
                                                InetAddress.ofLiteral("192.0.2.7"), 443))));
        assertThat(((Allowed) decision).address().getHostString()).isEqualTo("Hooks.Example.com.");
    }

    @Test
    void aRangeOpensNamesThatLeadIntoIt() {
        NameResolver resolver = names(Map.of("hook", List.of("192.0.2.7")));

        assertThat(decide(resolver, "hook", 443, "192.0.2.0/24:443")).isInstanceOf(Allowed.class);
    }

    @Test
    void anAllowedNameThatLeadsToThisMachineIsRefused() {
        NameResolver resolver = names(Map.of("hook", List.of("127.0.0.1")));

        Decision decision = decide(resolver, "hook", 443, "hook:443", "0.0.0.0/0");

        assertThat(cause(decision)).isEqualTo(Cause.SPECIAL_ADDRESS);
        assertThat(((Refused) decision).reason()).contains("loopback").contains("127.0.0.1:443");
    }

    @Test
    void ofSeveralAddressesOnlyTheAllowedOnesAreReturned() {
        NameResolver resolver =
                names(Map.of("hook", List.of("::1", "192.0.2.7", "169.254.169.254", "192.0.2.8")));

        Decision decision = decide(resolver, "hook", 443, "hook:443");

        assertThat(((Allowed) decision).addresses())
                .extracting(address -> address.getAddress().getHostAddress())
                .containsExactly("192.0.2.7", "192.0.2.8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "::1",
                "0.0.0.0",
                "0.1.2.3",
                "::",
                "169.254.169.254",
                "fe80::1",
                "224.0.0.1",
                "ff02::1",
                "255.255.255.255",
                "240.0.0.1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "::ffff:0:127.0.0.1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "64:ff9b::127.0.0.1",
                "64:ff9b:1::169.254.169.254",
                "2001:0:1:2:3:4:80ff:fffe",
                "2001:db8::5efe:127.0.0.1",
                "2001:db8::200:5efe:7f00:1",
            })
    void noRangeAndNoNameOpensASpecialAddress(String literal) {
        NameResolver resolver = names(Map.of("hook", List.of(literal)));

        for (String host : List.of("hook", literal)) {
            assertThat(cause(decide(resolver, host, 443, "0.0.0.0/0", "::/0", "hook", literal)))
                    .isEqualTo(Cause.SPECIAL_ADDRESS);
        }
    }

    @Test
    void anEntryWithTheVeryAddressAndPortOpensASpecialAddress() {
        assertThat(decide("127.0.0.1", 9099, "127.0.0.1:9099")).isInstanceOf(Allowed.class);
        assertThat(decide("::1", 9099, "[::1]:9099")).isInstanceOf(Allowed.class);
        assertThat(cause(decide("127.0.0.1", 9098, "127.0.0.1:9099")))
                .isEqualTo(Cause.SPECIAL_ADDRESS);
        assertThat(cause(decide("127.0.0.2", 9099, "127.0.0.1:9099")))
                .isEqualTo(Cause.SPECIAL_ADDRESS);
        assertThat(cause(decide("127.0.0.1", 9099, "127.0.0.1:9099-9100")))
                .isEqualTo(Cause.SPECIAL_ADDRESS);
    }

    @Test
    void ourOwnDoorsAreShutUnlessNamed() throws Exception {
        InetAddress mine = InetAddress.ofLiteral("192.0.2.1");
        doors.add(new InetSocketAddress(mine, 8080));

        assertThat(cause(decide("192.0.2.1", 8080, "192.0.2.0/24"))).isEqualTo(Cause.OWN_DOOR);
        assertThat(decide("192.0.2.1", 8081, "192.0.2.0/24")).isInstanceOf(Allowed.class);
        assertThat(decide("192.0.2.1", 8080, "192.0.2.1:8080")).isInstanceOf(Allowed.class);
    }

    @Test
    void aDoorOnTheWildcardIsADoorOnEveryAddressOfThisMachine() {
        doors.add(new InetSocketAddress("::", 4433));

        assertThat(doors.contains(InetAddress.getLoopbackAddress(), 4433)).isTrue();
        assertThat(doors.contains(InetAddress.getLoopbackAddress(), 4434)).isFalse();
        assertThat(doors.contains(InetAddress.ofLiteral("192.0.2.99"), 4433)).isFalse();
    }

    @Test
    void aNameIsLookedUpOnce() {
        AtomicInteger asked = new AtomicInteger();
        NameResolver fickle =
                _ ->
                        List.of(
                                InetAddress.ofLiteral(
                                        asked.getAndIncrement() == 0 ? "192.0.2.7" : "127.0.0.1"));

        assertThat(((Allowed) decide(fickle, "hook", 443, "hook:443")).address().getAddress())
                .isEqualTo(InetAddress.ofLiteral("192.0.2.7"));
        assertThat(asked).hasValue(1);
    }

    @Test
    void anUnknownNameIsRefusedInWords() {
        Decision decision = decide("nowhere.example", 443, "nowhere.example");

        assertThat(decision)
                .isEqualTo(
                        new Refused(
                                Cause.UNRESOLVED,
                                "no address is known for the name nowhere.example"));
    }

    @Test
    void aNameServiceThatHangsCostsNobodyMoreThanTheDeadline() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        NameResolver stuck =
                _ -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return List.of(InetAddress.ofLiteral("192.0.2.7"));
                };
        try (EgressPolicy policy =
                new EgressPolicy(
                        List.of(EgressRule.parse("hook")), doors, stuck, Duration.ofMillis(50))) {
            Decision decision =
                    policy.decide("hook", 443).toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(cause(decision)).isEqualTo(Cause.UNRESOLVED);
            for (int i = 0; i < 300; i++) {
                policy.decide("hook", 443);
            }
            assertThat(cause(policy.decide("hook", 443).toCompletableFuture().get()))
                    .isEqualTo(Cause.BUSY);
        } finally {
            end.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":443",
                "a b:443",
                "192.0.2.7:",
                "192.0.2.7:0",
                "192.0.2.7:65536",
                "192.0.2.7:9-8",
                "192.0.2.7/33",
                "300.1.1.1:443",
                "http://hook:443",
                "hook/24",
                "[2001:db8::7:443",
                "2001:db8::/129",
                "*.example.com",
            })
    void aWrongEntryIsAnErrorThatSaysWhatToWrite(String entry) {
        assertThatThrownBy(() -> EgressRule.parse(entry))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }
}
