package org.outpost.apf.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.outpost.apf.support.RecordingPolicy;
import org.outpost.testkit.apf.ApfReplay;
import org.outpost.testkit.apf.ApfSide;
import org.outpost.testkit.apf.ApfTranscript;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Every golden transcript of testkit, played by its device against the server's session. */
class ServerTranscriptsTest {
    static Stream<Arguments> transcripts() {
        return ApfTranscript.all().stream()
                .flatMap(
                        transcript ->
                                Arrays.stream(ApfReplay.Pacing.values())
                                        .map(pacing -> Arguments.of(transcript, pacing)));
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void serverAnswersToTheByte(ApfTranscript transcript, ApfReplay.Pacing pacing) {
        ServerEndpoint server = new ServerEndpoint(new RecordingPolicy());
        ApfTranscript ours =
                transcript
                        .withIfPresent("channel", 1)
                        .withIfPresent("next-channel", 2)
                        .withIfPresent("retry-channel", 2);
        ApfReplay replay = new ApfReplay(ours).paced(pacing);
        if (!transcript.name().equals("keep-alive-negotiation")) {
            replay = replay.ignoring(ApfReplay.Ignorable.KEEPALIVE_OPTIONS_REQUEST);
        }

        replay.play(ApfSide.DEVICE, server);

        boolean error = transcript.name().startsWith("error-");
        assertThat(server.tunnel.isOpen()).isEqualTo(!endsForServer(ours));
        assertThat(server.policy.events().stream().anyMatch(e -> e.startsWith("protocol error")))
                .isEqualTo(error && !transcript.name().equals("error-pfwd-before-authentication"));
        server.tunnel.finishAndReleaseAll();
    }

    private static boolean endsForServer(ApfTranscript transcript) {
        List<ApfTranscript.Step> steps = transcript.steps();
        return steps.getLast() instanceof ApfTranscript.Step.End;
    }
}
