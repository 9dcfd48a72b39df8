package org.outpost.simulator.redirection;

import io.netty.channel.ChannelHandler;

import org.outpost.simulator.machine.RedirectionSession;
import org.outpost.simulator.redirection.ider.DriveExercise;
import org.outpost.simulator.redirection.ider.IderHandler;
import org.outpost.simulator.redirection.kvm.KvmHandler;
import org.outpost.simulator.redirection.sol.SerialConsole;
import org.outpost.simulator.redirection.sol.SolHandler;

import java.time.InstantSource;

/** The redirection service of one device, on its ports 16994 and 16995. */
public final class DeviceRedirection {
    private final RedirectionHost host;
    private final DriveExercise exercise;
    private final SerialConsole console;

    /**
     * The service of a device, made on the device's event loop.
     *
     * @param clock what the PC's system thinks the time is
     * @param exercise what a boot from a redirected drive tries beside what it needs
     */
    public DeviceRedirection(RedirectionHost host, InstantSource clock, DriveExercise exercise) {
        this.host = host;
        this.exercise = exercise;
        this.console = new SerialConsole(host.machine(), clock);
    }

    /**
     * What serves a connection that begins as a session does; TLS, where there is, is before it.
     */
    public ChannelHandler connection() {
        return new SessionStartHandler(host, this::handler);
    }

    private ChannelHandler handler(RedirectionSession session) {
        return switch (session.kind()) {
            case SOL -> new SolHandler(console);
            case IDER -> new IderHandler(host.machine(), exercise);
            case KVM -> new KvmHandler(host.machine());
        };
    }
}
