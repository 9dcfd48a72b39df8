package org.outpost.apf.support;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;

import org.outpost.apf.channel.ApfAddress;
import org.outpost.apf.channel.WindowBudget;
import org.outpost.apf.channel.WindowSettings;
import org.outpost.apf.message.ApfConstants;
import org.outpost.apf.message.ProtocolVersion;
import org.outpost.apf.session.DeviceSessionSettings;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What tests make tunnels and sessions of. */
public final class Tunnels {
    /** The system id of vector V01. */
    public static final UUID ID = UUID.fromString("4c4c4544-0048-3310-8039-c8c04f335231");

    private Tunnels() {}

    /** A connection in memory whose time stands still until it is advanced. */
    public static EmbeddedChannel embedded(MockTicker ticker) {
        return EmbeddedChannel.builder().ticker(ticker).build();
    }

    /** Windows of the usual size that never grow. */
    public static WindowSettings windows(int size) {
        return new WindowSettings(size, size, new WindowBudget(Long.MAX_VALUE));
    }

    /** What a server connects to. */
    public static ApfAddress port(int port) {
        return new ApfAddress(ApfConstants.FORWARDED_TCPIP, "", port, "127.0.0.1", 1024);
    }

    /** A device that {@link RecordingPolicy} admits. */
    public static DeviceSessionSettings device(String name, Integer... ports) {
        return new DeviceSessionSettings(
                new ProtocolVersion(1, 0, 4, ID),
                RecordingPolicy.USER,
                RecordingPolicy.PASSWORD,
                name,
                List.of(ports),
                Duration.ofSeconds(30));
    }
}
