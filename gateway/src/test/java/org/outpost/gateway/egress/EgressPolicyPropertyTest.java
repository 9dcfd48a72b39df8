package org.outpost.gateway.egress;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import org.outpost.gateway.egress.Decision.Allowed;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** Whatever is asked for and whatever form it has: nothing slips out that no entry opens. */
final class EgressPolicyPropertyTest {
    private static Decision decide(InetAddress address, int port, String... entries) {
        try (EgressPolicy policy =
                new EgressPolicy(
                        List.of(entries).stream().map(EgressRule::parse).toList(),
                        new OwnDoors(),
                        _ -> List.of(address),
                        Duration.ofSeconds(5))) {
            return policy.decide(new InetSocketAddress(address, port));
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Provide
    Arbitrary<InetAddress> addresses() {
        Arbitrary<Byte> octet =
                Arbitraries.oneOf(
                        Arbitraries.bytes(),
                        Arbitraries.of((byte) 0, (byte) 127, (byte) 10, (byte) 255, (byte) 169));
        return Arbitraries.oneOf(
                octet.array(byte[].class).ofSize(4).map(EgressPolicyPropertyTest::address),
                octet.array(byte[].class).ofSize(16).map(EgressPolicyPropertyTest::address));
    }

    /** All forms in which an IPv4 address can hide in an IPv6 one. */
    @Provide
    Arbitrary<InetAddress> wrappedLoopback() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofSize(3)
                .flatMap(
                        tail -> {
                            byte[] v4 = {127, tail[0], tail[1], tail[2]};
                            return Arbitraries.of(
                                    wrap("00000000000000000000ffff", v4, ""),
                                    wrap("000000000000000000000000", v4, ""),
                                    wrap("0000000000000000ffff0000", v4, ""),
                                    wrap("0064ff9b0000000000000000", v4, ""),
                                    wrap("0064ff9b0001000000000000", v4, ""),
                                    wrap("2002", v4, "00000000000000000001"),
                                    wrap("20010db80000000000005efe", v4, ""),
                                    wrap(
                                            "200100000102030405060708",
                                            new byte[] {
                                                (byte) ~v4[0],
                                                (byte) ~v4[1],
                                                (byte) ~v4[2],
                                                (byte) ~v4[3]
                                            },
                                            ""));
                        });
    }

    private static InetAddress wrap(String before, byte[] v4, String after) {
        java.util.HexFormat hex = java.util.HexFormat.of();
        return address(hex.parseHex(before + hex.formatHex(v4) + after));
    }

    @Property
    void withoutAnEntryNothingIsAllowed(
            @ForAll("addresses") InetAddress address,
            @ForAll @IntRange(min = 1, max = 65535) int port) {
        assertThat(decide(address, port)).isInstanceOf(Decision.Refused.class);
    }

    @Property
    void rangesOverEverythingOpenExactlyWhatIsNotSpecial(
            @ForAll("addresses") InetAddress address,
            @ForAll @IntRange(min = 1, max = 65535) int port) {
        boolean special = SpecialAddresses.kind(address).isPresent();

        assertThat(decide(address, port, "0.0.0.0/0", "::/0") instanceof Allowed)
                .isEqualTo(!special);
    }

    @Property
    void anExactEntryOpensItsAddressAndPortAndNoNeighbour(
            @ForAll("addresses") InetAddress address,
            @ForAll @IntRange(min = 1, max = 65534) int port) {
        String literal = address.getHostAddress();
        String entry = (literal.contains(":") ? "[" + literal + "]" : literal) + ":" + port;

        assertThat(decide(address, port, entry))
                .isEqualTo(new Allowed(List.of(new InetSocketAddress(address, port))));
        assertThat(decide(address, port + 1, entry)).isInstanceOf(Decision.Refused.class);
    }

    @Property
    void loopbackStaysShutInWhateverFormItIsWrapped(
            @ForAll("wrappedLoopback") InetAddress address) {
        assertThat(decide(address, 443, "0.0.0.0/0", "::/0"))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused ->
                                assertThat(refused.cause())
                                        .isEqualTo(Decision.Cause.SPECIAL_ADDRESS));
    }

    @Property
    void whatARuleWritesReadsBackAsTheSameRule(
            @ForAll("addresses") InetAddress address,
            @ForAll @IntRange(min = 0, max = 32) int prefix) {
        String literal = address.getHostAddress();
        String written = EgressRule.parse(literal + "/" + prefix).toString();

        assertThat(EgressRule.parse(written)).hasToString(written);
    }
}
