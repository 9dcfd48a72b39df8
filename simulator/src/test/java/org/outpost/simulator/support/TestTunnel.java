package org.outpost.simulator.support;

import io.netty.channel.Channel;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.codec.ApfProtocolException;
import org.outpost.apf.message.ProtocolVersion;
import org.outpost.apf.message.UdpSendTo;
import org.outpost.apf.message.UserauthRequest;
import org.outpost.apf.session.LoginResult;
import org.outpost.apf.session.ServerSession;
import org.outpost.apf.session.ServerSessionPolicy;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** One tunnel at the {@link TestServer}, and what its device said. */
public final class TestTunnel implements ServerSessionPolicy {
    private final Channel channel;
    private final String user;
    private final String password;
    private final List<Integer> ports = new CopyOnWriteArrayList<>();
    private final List<String> names = new CopyOnWriteArrayList<>();
    private volatile @Nullable ServerSession session;
    private volatile @Nullable ProtocolVersion version;
    private volatile int disconnectReason;

    TestTunnel(Channel channel, String user, String password) {
        this.channel = channel;
        this.user = user;
        this.password = password;
    }

    void session(ServerSession made) {
        session = made;
    }

    public ServerSession session() {
        return Objects.requireNonNull(session);
    }

    public Channel channel() {
        return channel;
    }

    public boolean isOpen() {
        return channel.isActive();
    }

    public @Nullable UUID device() {
        ProtocolVersion said = version;
        return said == null ? null : said.systemId();
    }

    public int trigger() {
        return Objects.requireNonNull(version).trigger();
    }

    public List<Integer> ports() {
        return List.copyOf(ports);
    }

    public List<String> names() {
        return names.stream().distinct().toList();
    }

    /** Reason of the device's DISCONNECT; 0 without one. */
    public int disconnectReason() {
        return disconnectReason;
    }

    @Override
    public CompletionStage<LoginResult> login(ProtocolVersion said, UserauthRequest request) {
        version = said;
        boolean right = user.equals(request.username()) && password.equals(request.password());
        return CompletableFuture.completedStage(
                right ? new LoginResult.Accepted() : new LoginResult.Refused());
    }

    @Override
    public boolean accepted() {
        return true;
    }

    @Override
    public boolean forward(String address, int port) {
        names.add(address);
        ports.add(port);
        return true;
    }

    @Override
    public boolean cancelForward(int port) {
        return ports.remove((Object) port);
    }

    @Override
    public void udpSendTo(UdpSendTo request) {}

    @Override
    public void protocolError(ApfProtocolException error) {}

    @Override
    public void peerDisconnected(int reason) {
        disconnectReason = reason;
    }

    @Override
    public void attemptsExhausted() {}

    @Override
    public void dead() {}

    @Override
    public void controlBacklog() {}
}
