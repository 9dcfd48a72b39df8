package org.outpost.it.support;

import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.apf.DeviceIdentity;
import org.outpost.testkit.apf.DeviceManners;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The devices of one test class; they leave together. */
public final class Devices implements Closeable {
    private final Server server;
    private final List<Closeable> open = new ArrayList<>();
    private int number;

    /** No device yet. */
    public Devices(Server server) {
        this.server = server;
    }

    /** The next device of that name; it has not called in. */
    public DeviceIdentity next(String name) {
        return Server.device(++number, name);
    }

    /** Takes a connected device, to be closed with the others. */
    public ApfDevicePeer keep(ApfDevicePeer peer) {
        open.add(peer);
        return peer;
    }

    /** A device whose every port is a web server that tells what reached it. */
    public ApfDevicePeer web(String name) {
        return keep(server.callIn(next(name)))
                .serve(
                        DeviceManners.decent().withWindow(16 * 1024),
                        open -> new HttpEchoService(name));
    }

    /** A device that refuses every channel. */
    public ApfDevicePeer refusing(String name) {
        return keep(server.callIn(next(name)))
                .serve(
                        DeviceManners.decent().refusing(Integer.MAX_VALUE, 2),
                        open -> new HttpEchoService(name));
    }

    /** A device that announced its ports and answers nothing any more. */
    public ApfDevicePeer mute(String name) {
        return keep(server.callIn(next(name)));
    }

    /** A device that called in once and is gone. */
    public DeviceIdentity gone(String name) {
        DeviceIdentity device = next(name);
        server.callIn(device).close();
        return device;
    }

    @Override
    public void close() {
        for (Closeable one : open) {
            try {
                one.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
