package org.outpost.apf.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.outpost.apf.message.OpenFailureReason;
import org.outpost.testkit.apf.ApfReplay;
import org.outpost.testkit.apf.ApfReplay.Pacing;
import org.outpost.testkit.apf.ApfSide;
import org.outpost.testkit.apf.ApfTranscript;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * The golden transcripts whose device does what ours does, played by their server. The others show
 * devices that break the protocol, are refused, or speak out of a habit that ours has not.
 */
class DeviceTranscriptsTest {
    @InEveryPacing
    void startsWithAllPortsOfFirmware(Pacing pacing) {
        DeviceEndpoint device = new DeviceEndpoint(16993, 16992, 664, 623, 16995, 16994, 5900);
        play("session-start", pacing, device);
        assertThat(device.session.running().isSuccess()).isTrue();
    }

    @InEveryPacing
    void tellsTheTwoLengthsOfRequestSuccessApart(Pacing pacing) {
        play("cancel-and-announce-again", pacing, new DeviceEndpoint(16992));
    }

    @InEveryPacing
    void adoptsTheServersKeepAliveOptions(Pacing pacing) {
        play("keep-alive-negotiation", pacing, new DeviceEndpoint(16992));
    }

    @InEveryPacing
    void sendsDatagramsWithoutWaitingForAnAnswer(Pacing pacing) {
        play("udp-send-to-is-silent", pacing, new DeviceEndpoint(16992));
    }

    @InEveryPacing
    void closesAndReusesItsNumber(Pacing pacing) {
        play("channel-closed-by-device", pacing, new DeviceEndpoint(16992).saying("last words"));
    }

    @InEveryPacing
    void refusesAChannel(Pacing pacing) {
        play(
                "channel-open-refused",
                pacing,
                new DeviceEndpoint(16992).refusing(OpenFailureReason.UNKNOWN_CHANNEL_TYPE));
    }

    @InEveryPacing
    void isShortOfChannelsForAWhile(Pacing pacing) {
        play(
                "channel-open-retried",
                pacing,
                new DeviceEndpoint(16992).refusing(OpenFailureReason.RESOURCE_SHORTAGE));
    }

    @InEveryPacing
    void takesItsLeave(Pacing pacing) {
        EmbeddedChannel tunnel = play("disconnect-by-device", pacing, new DeviceEndpoint(16992));
        assertThat(tunnel.isOpen()).isFalse();
    }

    @InEveryPacing
    void closesWhenTheServerTakesItsLeave(Pacing pacing) {
        EmbeddedChannel tunnel = play("disconnect-by-server", pacing, new DeviceEndpoint(16992));
        assertThat(tunnel.isOpen()).isFalse();
    }

    private static EmbeddedChannel play(String name, Pacing pacing, DeviceEndpoint device) {
        new ApfReplay(ApfTranscript.named(name)).paced(pacing).play(ApfSide.SERVER, device);
        device.tunnel.finishAndReleaseAll();
        return device.tunnel;
    }

    /** Cut in each way the player knows. */
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @EnumSource(Pacing.class)
    @interface InEveryPacing {}
}
