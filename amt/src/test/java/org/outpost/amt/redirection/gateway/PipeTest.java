package org.outpost.amt.redirection.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.outpost.amt.redirection.RedirectionKind;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A console that takes nothing for a while, and a device that has ever more to say. */
class PipeTest {
    private static final int BLOCK = 64 * 1024;

    private final GatewayTraffic traffic = new GatewayTraffic();
    private final List<GatewayEnd> ends = new ArrayList<>();
    private final Socket consoleSocket = new Socket();
    private final Socket deviceSocket = new Socket();
    private final EmbeddedChannel console = new EmbeddedChannel(consoleSocket);
    private final EmbeddedChannel device = new EmbeddedChannel(deviceSocket);

    /** Holds what is written until it is taken, and counts what is asked to be read. */
    private static final class Socket extends ChannelOutboundHandlerAdapter {
        private final Queue<Runnable> held = new ArrayDeque<>();
        private int reads;

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            held.add(() -> ctx.writeAndFlush(message, promise));
        }

        @Override
        public void read(ChannelHandlerContext ctx) {
            reads++;
        }

        void take() {
            for (Runnable next = held.poll(); next != null; next = held.poll()) {
                next.run();
            }
        }
    }

    @BeforeEach
    void join() {
        Pipe pipe =
                new Pipe(
                        RedirectionKind.KVM,
                        GatewaySettings.DEFAULT,
                        traffic,
                        ScreenTap.NONE,
                        console.eventLoop(),
                        ends::add);
        console.pipeline().addLast(pipe.consoleEnd());
        device.pipeline().addLast(pipe.deviceEnd());
        consoleSocket.reads = 0;
        deviceSocket.reads = 0;
        pipe.deviceEnd().start();
        pipe.consoleEnd().start();
    }

    @AfterEach
    void release() {
        consoleSocket.take();
        deviceSocket.take();
        console.finishAndReleaseAll();
        device.finishAndReleaseAll();
    }

    @Test
    void aStalledConsoleStopsTheReadingOfTheDeviceAt128KiB() {
        assertThat(deviceSocket.reads).isEqualTo(1);

        device.writeInbound(Unpooled.wrappedBuffer(new byte[BLOCK]));
        assertThat(deviceSocket.reads).isEqualTo(2);
        device.writeInbound(Unpooled.wrappedBuffer(new byte[BLOCK]));
        assertThat(deviceSocket.reads).isEqualTo(2);

        consoleSocket.take();

        assertThat(deviceSocket.reads).isGreaterThan(2);
        assertThat(traffic.toConsole()).isEqualTo(2 * BLOCK);
    }

    @Test
    void theOtherDirectionRunsOn() {
        device.writeInbound(Unpooled.wrappedBuffer(new byte[BLOCK]));
        device.writeInbound(Unpooled.wrappedBuffer(new byte[BLOCK]));

        console.writeInbound(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}));
        deviceSocket.take();

        assertThat(traffic.toDevice()).isEqualTo(3);
        assertThat(consoleSocket.reads).isGreaterThan(1);
    }

    @Test
    void buffersPassAsTheyAre() {
        ByteBuf sent = Unpooled.wrappedBuffer(new byte[BLOCK]);

        device.writeInbound(sent);
        consoleSocket.take();

        ByteBuf received = console.readOutbound();
        assertThat(received).isSameAs(sent);
        received.release();
    }

    @Test
    void theEndOfASideIsSaid() {
        device.close();

        assertThat(ends).first().isEqualTo(GatewayEnd.DEVICE_CLOSED);
    }
}
