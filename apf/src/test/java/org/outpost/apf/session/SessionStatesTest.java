package org.outpost.apf.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.outpost.apf.message.MessageType;
import org.outpost.apf.support.RecordingPolicy;
import org.outpost.testkit.apf.ApfVectors;
import org.outpost.testkit.apf.WireMessage;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The table of apf.md section 10: every state and every type byte. */
class SessionStatesTest {
    private static final Map<Integer, byte[]> EXAMPLES = new TreeMap<>();

    static {
        for (ApfVectors.Vector vector : ApfVectors.ALL) {
            byte[] bytes = vector.bytes();
            EXAMPLES.putIfAbsent(Byte.toUnsignedInt(bytes[0]), bytes);
        }
        EXAMPLES.put(MessageType.SERVICE_REQUEST, ApfVectors.V09.bytes());
    }

    private static final List<State> TABLE =
            List.of(
                    new State("NEW", Set.of(192)),
                    new State("VERSIONED", Set.of(5, 1), ApfVectors.V01),
                    new State("AUTH", Set.of(50, 1), ApfVectors.V01, ApfVectors.V03),
                    new State(
                            "AUTHED",
                            Set.of(5, 208, 1),
                            ApfVectors.V01,
                            ApfVectors.V03,
                            ApfVectors.V05),
                    new State(
                            "RUNNING",
                            Set.of(80, 90, 91, 92, 93, 94, 97, 208, 209, 211, 1, 5),
                            ApfVectors.V01,
                            ApfVectors.V03,
                            ApfVectors.V05,
                            ApfVectors.V09));

    /** A row of the table: what is accepted, and how the state is reached. */
    private record State(String name, Set<Integer> accepted, List<ApfVectors.Vector> way) {
        State(String name, Set<Integer> accepted, ApfVectors.Vector... way) {
            this(name, accepted, List.of(way));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> table() {
        return TABLE.stream()
                .flatMap(
                        state ->
                                IntStream.range(0, 256)
                                        .mapToObj(
                                                type ->
                                                        Arguments.of(
                                                                state,
                                                                type,
                                                                state.accepted.contains(type))));
    }

    @ParameterizedTest(name = "{0}, type {1}: {2}")
    @MethodSource("table")
    void messageIsTakenInItsStateOnly(State state, int type, boolean accepted) {
        ServerEndpoint server = new ServerEndpoint(new RecordingPolicy().withCertificate());
        for (ApfVectors.Vector step : state.way) {
            server.send(step.bytes());
        }
        server.answers();
        byte[] one = {(byte) type};

        server.send(accepted ? EXAMPLES.getOrDefault(type, one) : one);

        if (type == MessageType.DISCONNECT && accepted) {
            assertThat(server.answers()).isEmpty();
            assertThat(server.hasEnded()).isTrue();
        } else if (accepted) {
            assertThat(server.answers())
                    .noneMatch(answer -> answer instanceof WireMessage.Disconnect);
            assertThat(server.hasEnded()).isFalse();
        } else {
            if (state.name.equals("NEW")) {
                assertThat(server.answers()).isEmpty();
            } else {
                assertThat(server.answers()).containsExactly(new WireMessage.Disconnect(2));
            }
            assertThat(server.hasEnded()).isTrue();
            assertThat(server.policy.events()).last().asString().startsWith("protocol error");
        }
        server.tunnel.finishAndReleaseAll();
    }
}
