package org.outpost.apf.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;

import org.outpost.apf.codec.ApfCodec;
import org.outpost.apf.codec.ApfLimits;
import org.outpost.apf.codec.ApfProtocolException;
import org.outpost.apf.codec.MessageGate;
import org.outpost.apf.message.ApfMessage;
import org.outpost.apf.message.CancelTcpipForward;
import org.outpost.apf.message.TcpipForward;
import org.outpost.apf.message.UserauthRequest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Coverage-guided fuzzing of what the network can reach. A plain build replays the kept corpus; the
 * profile {@code fuzz} searches on (the module's README).
 */
class ApfFuzzTest {
    /** Any bytes, in both roles: cut or whole they read the same, and no other error comes out. */
    @FuzzTest(maxDuration = "60s")
    void decoder(FuzzedDataProvider data) {
        boolean device = data.consumeBoolean();
        int cut = data.consumeInt(1, 64);
        byte[] stream = data.consumeRemainingAsBytes();

        List<String> whole = decode(device, stream, Math.max(1, stream.length));

        assertThat(decode(device, stream, cut)).isEqualTo(whole);
    }

    private static List<String> decode(boolean device, byte[] stream, int cut) {
        ApfCodec codec = new ApfCodec(new ApfLimits(2048, 1 << 16, 65507), MessageGate.OPEN);
        EmbeddedChannel channel = new EmbeddedChannel(codec.decoder(), codec.encoder());
        if (device) {
            channel.writeOutbound(
                    new TcpipForward(true, "", 1),
                    new CancelTcpipForward(true, "", 1),
                    new TcpipForward(true, "", 2));
        }
        List<String> read = new ArrayList<>();
        try {
            for (int at = 0; at < stream.length; at += cut) {
                byte[] piece = Arrays.copyOfRange(stream, at, Math.min(stream.length, at + cut));
                channel.writeInbound(Unpooled.wrappedBuffer(piece));
            }
        } catch (ApfProtocolException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        for (ApfMessage one = channel.readInbound(); one != null; one = channel.readInbound()) {
            read.add(describe(one));
            ReferenceCountUtil.release(one);
        }
        channel.finishAndReleaseAll();
        return read;
    }

    private static String describe(ApfMessage message) {
        return switch (message) {
            case ByteBufHolder holder ->
                    message.getClass().getSimpleName() + ByteBufUtil.hexDump(holder.content());
            case UserauthRequest request -> request + "/" + request.password();
            default -> message.toString();
        };
    }

    /** Any bytes against a whole server session that has come this far. */
    @FuzzTest(maxDuration = "60s")
    void session(FuzzedDataProvider data) {
        HostileDevice device = new HostileDevice();
        device.goOn(data.consumeInt(0, 4));
        while (data.remainingBytes() > 0) {
            device.send(data.consumeBytes(data.consumeInt(1, 512)));
        }
        device.finish();
    }

    /** A script of messages and of the console's deeds against a live multiplexer. */
    @FuzzTest(maxDuration = "60s")
    void multiplexer(FuzzedDataProvider data) {
        HostileDevice device = new HostileDevice();
        device.goOn(4);
        while (data.remainingBytes() > 0) {
            device.act(data);
        }
        device.finish();
    }
}
