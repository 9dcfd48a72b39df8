package org.outpost.simulator.redirection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.kvm.KvmPipe;
import org.outpost.simulator.machine.PowerAction;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class KvmEndToEndTest {
    private final RedirectionRig rig = new RedirectionRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({"16, 2", "16, 1", "0, 2", "0, 1"})
    void theDesktopIsSeenAndMoves(int encoding, int bytesPerPixel) {
        RfbViewer viewer = new RfbViewer(encoding, bytesPerPixel);
        Channel channel = open(viewer);

        await().until(() -> viewer.updates() >= 8);
        assertThat(viewer.width()).isEqualTo(1024);
        assertThat(viewer.height()).isEqualTo(768);
        // the background 204060 in the lower left corner
        assertThat(viewer.pixel(4, 760)).isEqualTo(bytesPerPixel == 2 ? 0x220C : 0x29);
        int[] before = viewer.picture();
        await().until(() -> !Arrays.equals(before, viewer.picture()));

        channel.close().syncUninterruptibly();
        await().until(() -> rig.onDevice(() -> rig.host().redirection().session(kind()).isEmpty()));
    }

    @Test
    void bothEncodingsShowTheSamePicture() {
        RfbViewer zrle = new RfbViewer(RfbViewer.ZRLE, 2);
        int[] compressed = still(zrle);
        RfbViewer raw = new RfbViewer(RfbViewer.RAW, 2);
        int[] plain = still(raw);

        // what moves is below line 536 or in the line at the top
        int[] areaOfOne = Arrays.copyOfRange(compressed, 30 * 640, 440 * 640);
        int[] areaOfOther = Arrays.copyOfRange(plain, 30 * 640, 440 * 640);
        assertThat(areaOfOne).isEqualTo(areaOfOther);
    }

    private int[] still(RfbViewer viewer) {
        rig.onDevice(() -> rig.host().machine().request(PowerAction.OFF));
        await().until(() -> rig.onDevice(() -> !rig.host().machine().power().isOn()));
        Channel channel = open(viewer);
        await().until(() -> viewer.updates() >= 2 && viewer.width() == 640);
        int[] picture = viewer.picture();
        channel.close().syncUninterruptibly();
        await().until(() -> rig.onDevice(() -> rig.host().redirection().session(kind()).isEmpty()));
        return picture;
    }

    @Test
    void aClickCountsAndAKeyIsDrawn() {
        RfbViewer viewer = new RfbViewer(RfbViewer.ZRLE, 2);
        Channel channel = open(viewer);
        await().until(() -> viewer.updates() >= 8);
        int[] before = viewer.picture();

        viewer.click(300, 656); // the button that changes the colour
        await().until(() -> viewer.pixel(4, 760) != before[760 * 1024 + 4]);

        viewer.key('A');
        await().until(() -> differs(before, viewer.picture(), 60, 490, 90, 510));
        viewer.click(100, 656);
        await().until(() -> differs(before, viewer.picture(), 110, 645, 140, 665));
        channel.close().syncUninterruptibly();
    }

    private static boolean differs(int[] one, int[] other, int x1, int y1, int x2, int y2) {
        for (int y = y1; y < y2; y++) {
            for (int x = x1; x < x2; x++) {
                if (one[y * 1024 + x] != other[y * 1024 + x]) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void switchingOffAndOnChangesTheResolutionThere() {
        RfbViewer viewer = new RfbViewer(RfbViewer.ZRLE, 2);
        Channel channel = open(viewer);
        await().until(() -> viewer.updates() >= 3);

        rig.onDevice(() -> rig.host().machine().request(PowerAction.OFF));
        await().until(() -> viewer.width() == 640 && viewer.resizes() == 1);
        rig.onDevice(() -> rig.host().machine().request(PowerAction.ON));

        await().until(() -> viewer.width() == 1024 && viewer.resizes() >= 2);
        channel.close().syncUninterruptibly();
    }

    @Test
    void extensionsAreAnswered() {
        RfbViewer viewer = new RfbViewer(RfbViewer.ZRLE, 1);
        Channel channel = open(viewer);
        await().until(() -> viewer.updates() >= 1);

        cut(viewer, "\0KvmDataChannel\0");
        await().until(() -> viewer.cutText().equals("\0KvmDataChannel\0"));
        cut(viewer, "\0KvmExtCmd\0\u0002\u0003");
        await().until(() -> viewer.cutText().equals("\0KvmExtCmd\0\u0002\u0003"));
        cut(viewer, "\0KvmExtCmd\0\u0001");
        await().until(() -> viewer.cutText().equals("\0KvmExtCmd\0\u0001\u0003"));
        channel.close().syncUninterruptibly();
    }

    @Test
    void ctrlAltDelRestartsThePc() {
        RfbViewer viewer = new RfbViewer(RfbViewer.ZRLE, 2);
        Channel channel = open(viewer);
        await().until(() -> viewer.updates() >= 1);

        for (int keysym : new int[] {0xFFE3, 0xFFE9, 0xFFFF}) {
            viewer.send(Unpooled.buffer().writeByte(4).writeByte(1).writeShort(0).writeInt(keysym));
        }

        await().until(() -> viewer.resizes() >= 1);
        channel.close().syncUninterruptibly();
    }

    @Test
    void whatIsNoRfbEndsTheSession() {
        RfbViewer viewer = new RfbViewer(RfbViewer.ZRLE, 2);
        Channel channel = open(viewer);
        await().until(() -> viewer.updates() >= 1);

        viewer.send(Unpooled.wrappedBuffer(new byte[] {99}));

        await().until(() -> !channel.isOpen());
    }

    private static void cut(RfbViewer viewer, String text) {
        viewer.send(
                Unpooled.buffer()
                        .writeByte(6)
                        .writeZero(3)
                        .writeInt(text.length())
                        .writeBytes(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static org.outpost.simulator.machine.RedirectionKind kind() {
        return org.outpost.simulator.machine.RedirectionKind.KVM;
    }

    private Channel open(RfbViewer viewer) {
        Channel channel =
                RedirectionRig.get(
                        rig.open(RedirectionKind.KVM)
                                .thenCompose(signedIn -> KvmPipe.open(signedIn, viewer)));
        channel.config().setAutoRead(true);
        return channel;
    }
}
