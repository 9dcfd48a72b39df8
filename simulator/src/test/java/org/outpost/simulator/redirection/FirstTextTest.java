package org.outpost.simulator.redirection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.outpost.simulator.machine.ConsentPolicy;
import org.outpost.simulator.redirection.sol.SerialConsole;
import org.outpost.simulator.redirection.sol.SolHandler;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** When a SOL session shows its first text: amtterm loses what comes together with the reply. */
class FirstTextTest {
    private static final String START = "200000000100000010276400000010276400000000000000";
    private static final String CONTROLS = "270000000200000000001b000000";
    private static final String KEY = "28000000020000000100" + "72";

    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void start() {
        SimulatedHost host = new SimulatedHost(channel.eventLoop(), ConsentPolicy.NONE);
        channel.freezeTime();
        channel.pipeline()
                .addLast(new SolHandler(new SerialConsole(host.machine(), InstantSource.system())));
        receive(START);
        assertThat(sent()).startsWith("21000000").hasSize(46);
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    private void receive(String hex) {
        channel.writeInbound(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
        channel.runPendingTasks();
    }

    private void pass(int milliseconds) {
        channel.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    /** The next message, in hexadecimal digits; empty if there is none. */
    private String sent() {
        ByteBuf message = channel.readOutbound();
        if (message == null) {
            return "";
        }
        String hex = ByteBufUtil.hexDump(message);
        message.release();
        return hex;
    }

    @Test
    void theSerialPortIsQuietForAMoment() {
        pass(200);
        assertThat(sent()).isEmpty();

        pass(100);
        assertThat(sent()).startsWith("2a000000");
        pass(10_000);
        assertThat(sent()).as("once only").isEmpty();
    }

    @Test
    void theConsolesControlsEndTheQuiet() {
        receive(CONTROLS);
        assertThat(sent()).startsWith("2a000000");

        pass(1000);
        assertThat(sent()).as("once only").isEmpty();
    }

    @Test
    void theConsolesFirstKeyEndsTheQuietAndIsNotLost() {
        receive(KEY);

        assertThat(sent()).as("the greeting").startsWith("2a000000").hasSizeGreaterThan(40);
        assertThat(sent()).as("the echo").endsWith("0100" + "72");
    }
}
