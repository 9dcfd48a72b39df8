package org.outpost.testkit.apf;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class ApfWireTest {
    @Test
    void repliesAreReadInTheOrderOfTheRequests() {
        ApfWire wire = new ApfWire();
        wire.feed(ApfSide.DEVICE, ApfVectors.V11.bytes());
        wire.feed(ApfSide.DEVICE, ApfVectors.V14.bytes());

        List<WireMessage> replies = wire.feed(ApfSide.SERVER, ApfVectors.REPLIES_IN_ORDER.bytes());

        assertThat(replies)
                .containsExactly(
                        new WireMessage.ForwardSuccess(16993),
                        new WireMessage.CancelSuccess(),
                        new WireMessage.KeepAliveRequest(255));
        assertThat(wire.unansweredRequests()).isZero();
    }

    @Test
    void failureAnswersTheOldestRequest() {
        ApfWire wire = new ApfWire();
        wire.feed(ApfSide.DEVICE, ApfVectors.V11.bytes());
        wire.feed(ApfSide.DEVICE, ApfVectors.V14.bytes());

        List<WireMessage> replies =
                wire.feed(
                        ApfSide.SERVER,
                        ApfBytes.concat(ApfBytes.requestFailure(), ApfBytes.requestSuccess()));

        assertThat(replies)
                .containsExactly(new WireMessage.RequestFailure(), new WireMessage.CancelSuccess());
    }

    @Test
    void failureFromTheDeviceAnswersNothing() {
        ApfWire wire = new ApfWire();
        wire.feed(ApfSide.DEVICE, ApfVectors.V11.bytes());
        wire.feed(ApfSide.DEVICE, ApfBytes.requestFailure());

        assertThat(wire.unansweredRequests()).isOne();
        assertThat(wire.feed(ApfSide.SERVER, ApfBytes.requestSuccess(16993)))
                .containsExactly(new WireMessage.ForwardSuccess(16993));
    }

    @Test
    void cancelIsAnsweredEvenIfNoReplyIsWanted() {
        ApfWire wire = new ApfWire();
        wire.feed(ApfSide.DEVICE, ApfBytes.cancelTcpipForward(false, "", 5));

        assertThat(wire.unansweredRequests()).isOne();
    }

    @Test
    void successWithoutARequestCannotBeRead() {
        assertThat(ApfWire.decode(ApfSide.SERVER, ApfBytes.requestSuccess(16993)))
                .singleElement()
                .isInstanceOf(WireMessage.Undecodable.class);
    }

    @Test
    void nothingIsReadAfterAStreamBroke() {
        ApfWire wire = new ApfWire();
        wire.feed(ApfSide.DEVICE, ApfVectors.N04.bytes());

        assertThat(wire.feed(ApfSide.DEVICE, ApfVectors.V27.bytes())).isEmpty();
        assertThat(wire.feed(ApfSide.SERVER, ApfVectors.V28.bytes())).hasSize(1);
    }

    @Test
    void failureOfFifteenBytesLeavesAStrayByte() {
        byte[] fifteen = ApfBytes.concat(ApfVectors.V08.bytes(), new byte[1]);

        List<WireMessage> messages = ApfWire.decode(ApfSide.SERVER, fifteen);

        assertThat(messages).hasSize(2);
        assertThat(messages.getLast()).isInstanceOf(WireMessage.Undecodable.class);
    }

    @Property(tries = 200)
    void anyCutOfTheStreamReadsTheSame(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 1500) Integer> cuts) {
        byte[] stream =
                ApfBytes.concat(
                        ApfVectors.ALL.stream()
                                .filter(v -> v.direction().sender() == ApfSide.DEVICE)
                                .map(ApfVectors.Vector::bytes)
                                .toArray(byte[][]::new));
        List<WireMessage> whole = ApfWire.decode(ApfSide.DEVICE, stream);

        assertThat(inPieces(stream, cuts)).isEqualTo(whole);
    }

    private static List<WireMessage> inPieces(byte[] stream, List<Integer> cuts) {
        ApfWire wire = new ApfWire();
        List<WireMessage> messages = new ArrayList<>();
        int from = 0;
        for (int cut : cuts.stream().sorted().filter(c -> c <= stream.length).toList()) {
            messages.addAll(wire.feed(ApfSide.DEVICE, Arrays.copyOfRange(stream, from, cut)));
            from = cut;
        }
        messages.addAll(wire.feed(ApfSide.DEVICE, Arrays.copyOfRange(stream, from, stream.length)));
        return messages;
    }
}
