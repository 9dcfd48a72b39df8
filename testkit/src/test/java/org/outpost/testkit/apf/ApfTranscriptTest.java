package org.outpost.testkit.apf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

class ApfTranscriptTest {
    static List<ApfTranscript> transcripts() {
        return ApfTranscript.all();
    }

    @Test
    void indexNamesEveryTranscript() throws IOException, URISyntaxException {
        URL index = ApfTranscript.class.getResource("transcripts.txt");
        Path folder = Path.of(Objects.requireNonNull(index).toURI()).getParent();
        try (Stream<Path> files = Files.list(Objects.requireNonNull(folder))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(file -> file.endsWith(".apf.txt"))
                    .containsExactlyInAnyOrderElementsOf(
                            transcripts().stream().map(t -> t.name() + ".apf.txt").toList());
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void serverLinesAreWellFormedAndOnlyErrorsAreNot(ApfTranscript transcript) {
        ApfWire wire = new ApfWire();
        boolean error = transcript.name().startsWith("error-");
        for (ApfTranscript.Step step : transcript.steps()) {
            if (step instanceof ApfTranscript.Step.Message message) {
                List<WireMessage> read = wire.feed(message.side(), message.bytes().bytes());
                if (message.side() == ApfSide.SERVER || !error) {
                    assertThat(read)
                            .as(message.text())
                            .singleElement()
                            .isNotInstanceOf(WireMessage.Undecodable.class);
                }
            }
        }
        assertThat(error || wire.unansweredRequests() == 0).isTrue();
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void bothSidesPlayedAgainstEachOtherAgree(ApfTranscript transcript) {
        for (ApfReplay.Pacing pacing : ApfReplay.Pacing.values()) {
            List<MemoryPipe> ends = MemoryPipe.pair();
            ApfReplay replay = new ApfReplay(transcript).paced(pacing);

            CompletableFuture<Void> server =
                    CompletableFuture.runAsync(() -> replay.play(ApfSide.SERVER, ends.getLast()));
            replay.play(ApfSide.DEVICE, ends.getFirst());

            assertThatCode(server::join).as(pacing.toString()).doesNotThrowAnyException();
        }
    }

    @Test
    void actionsOfTheOtherSideAreAskedFor() {
        List<MemoryPipe> ends = MemoryPipe.pair();
        ends.getLast().send(Octets.ofHex("d100000001").bytes());

        new ApfReplay(
                        ApfTranscript.of(
                                "actions", "D* mine\nS* theirs\nS> keepalive-reply cookie=1\n"))
                .play(ApfSide.DEVICE, ends.getFirst());

        assertThat(ends.getFirst().actions()).containsExactly("theirs");
    }

    @Test
    void firstDifferenceIsShownWithTheMessagesAround() {
        List<MemoryPipe> ends = MemoryPipe.pair();
        ends.getLast().send(ApfVectors.V04.bytes());
        ends.getLast().send(ApfBytes.userauthFailure("password"));
        ApfTranscript transcript = ApfTranscript.named("session-start");

        assertThatThrownBy(() -> new ApfReplay(transcript).play(ApfSide.DEVICE, ends.getFirst()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("session-start differs at line 11, byte 0")
                .hasMessageContaining("S ServiceAccept[service=auth@amt.intel.com]")
                .hasMessageContaining("D UserauthRequest[user=admin")
                .hasMessageContaining("S UserauthFailure[methods=password]")
                .hasMessageContaining("expected: S V07");
    }

    @Test
    void missingBytesAreADifference() {
        List<MemoryPipe> ends = MemoryPipe.pair();
        ends.getLast().send(Octets.ofHex("d1000000").bytes());

        assertThatThrownBy(
                        () ->
                                new ApfReplay(ApfTranscript.of("short", "D> V27\nS> V28\n"))
                                        .play(ApfSide.DEVICE, ends.getFirst()))
                .hasMessageContaining("short differs at line 2, byte 4");
    }

    @Test
    void surplusBytesAreADifference() {
        List<MemoryPipe> ends = MemoryPipe.pair();
        ends.getLast().send(ApfBytes.concat(ApfVectors.V28.bytes(), new byte[1]));

        assertThatThrownBy(
                        () ->
                                new ApfReplay(ApfTranscript.of("long", "D> V27\nS> V28\n"))
                                        .play(ApfSide.DEVICE, ends.getFirst()))
                .hasMessageContaining("long differs at after the last line");
    }

    @Test
    void messagesOfTheEndpointsOwnChoiceCanBePassedOver() {
        List<MemoryPipe> ends = MemoryPipe.pair();
        ends.getLast().send(ApfBytes.concat(ApfVectors.V29.bytes(), ApfVectors.V28.bytes()));
        ends.getLast().send(ApfVectors.V29.bytes());

        assertThatCode(
                        () ->
                                new ApfReplay(ApfTranscript.of("choice", "D> V27\nS> V28\n"))
                                        .ignoring(ApfReplay.Ignorable.KEEPALIVE_OPTIONS_REQUEST)
                                        .play(ApfSide.DEVICE, ends.getFirst()))
                .doesNotThrowAnyException();
    }

    @Test
    void variablesCanBeGivenOtherValues() {
        ApfTranscript transcript = ApfTranscript.named("direct-tcpip-refused").with("reason", 2);

        assertThat(transcript.steps())
                .filteredOn(ApfTranscript.Step.Message.class::isInstance)
                .extracting(step -> ((ApfTranscript.Step.Message) step).bytes())
                .contains(Octets.of(ApfBytes.channelOpenFailure(1, 2)));
        assertThatIllegalArgumentException().isThrownBy(() -> transcript.with("no-such", 1));
    }

    @Test
    void lineThatCannotBeReadIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApfTranscript.of("bad", "# fine\nD> disconnect cause=1\n"))
                .withMessageContaining("bad line 2: disconnect needs reason");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApfTranscript.of("bad", "D> disconnect reason=1 more=2"))
                .withMessageContaining("unknown fields [more]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApfTranscript.of("bad", "X> V01"))
                .withMessageContaining("line 1");
    }

    @Test
    void escapesInTextAreRead() {
        ApfTranscript transcript =
                ApfTranscript.of("text", "D> channel-data recipient=1 text=\"a\\\\r\\r\\n\\\"\"");

        assertThat(((ApfTranscript.Step.Message) transcript.steps().getFirst()).bytes())
                .isEqualTo(Octets.of(ApfBytes.channelData(1, Octets.ofText("a\\r\r\n\"").bytes())));
    }
}
