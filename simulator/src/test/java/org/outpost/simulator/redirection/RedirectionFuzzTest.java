package org.outpost.simulator.redirection;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;

import org.outpost.simulator.machine.ConsentPolicy;
import org.outpost.simulator.redirection.ider.DriveExercise;
import org.outpost.simulator.redirection.ider.IderHandler;
import org.outpost.simulator.redirection.kvm.KvmHandler;
import org.outpost.simulator.redirection.sol.SerialConsole;
import org.outpost.simulator.redirection.sol.SolHandler;

import java.time.InstantSource;

/**
 * Any bytes of a hostile console against each handler of the device: at worst the channel closes.
 */
class RedirectionFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void start(FuzzedDataProvider data) {
        EmbeddedChannel channel = new EmbeddedChannel();
        SimulatedHost host = new SimulatedHost(channel.eventLoop(), ConsentPolicy.NONE);
        DeviceRedirection redirection =
                new DeviceRedirection(host, InstantSource.system(), DriveExercise.NONE);
        feed(channel, redirection.connection(), "", data);
    }

    @FuzzTest(maxDuration = "60s")
    void sol(FuzzedDataProvider data) {
        EmbeddedChannel channel = new EmbeddedChannel();
        SimulatedHost host = new SimulatedHost(channel.eventLoop(), ConsentPolicy.NONE);
        feed(
                channel,
                new SolHandler(new SerialConsole(host.machine(), InstantSource.system())),
                "200000000000000010276400000010276400000000000000",
                data);
    }

    @FuzzTest(maxDuration = "60s")
    void ider(FuzzedDataProvider data) {
        EmbeddedChannel channel = new EmbeddedChannel();
        SimulatedHost host = new SimulatedHost(channel.eventLoop(), ConsentPolicy.NONE);
        feed(
                channel,
                new IderHandler(host.machine(), new DriveExercise(true, true)),
                "4000000000000000" + "30750000204e" + "01000000" + "48000000010000000319000000",
                data);
    }

    @FuzzTest(maxDuration = "60s")
    void kvm(FuzzedDataProvider data) {
        EmbeddedChannel channel = new EmbeddedChannel();
        SimulatedHost host = new SimulatedHost(channel.eventLoop(), ConsentPolicy.NONE);
        feed(
                channel,
                new KvmHandler(host.machine()),
                "4000000000000000" + "524642203030332e3030380a" + "01" + "01",
                data);
    }

    private static void feed(
            EmbeddedChannel channel,
            ChannelHandler handler,
            String begin,
            FuzzedDataProvider data) {
        channel.freezeTime();
        channel.pipeline().addLast(handler);
        channel.writeInbound(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(begin)));
        channel.runPendingTasks();
        while (data.remainingBytes() > 0 && channel.isOpen()) {
            channel.writeInbound(
                    Unpooled.wrappedBuffer(data.consumeBytes(data.consumeInt(1, 256))));
            channel.runPendingTasks();
            channel.releaseOutbound();
        }
        channel.finishAndReleaseAll();
        assertThat(channel.isOpen()).isFalse();
    }
}
