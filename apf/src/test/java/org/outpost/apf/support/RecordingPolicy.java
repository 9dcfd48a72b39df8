package org.outpost.apf.support;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.codec.ApfProtocolException;
import org.outpost.apf.message.ApfConstants;
import org.outpost.apf.message.ProtocolVersion;
import org.outpost.apf.message.UdpSendTo;
import org.outpost.apf.message.UserauthRequest;
import org.outpost.apf.session.LoginResult;
import org.outpost.apf.session.ServerSessionPolicy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Admits {@code admin} with {@code P@ssw0rd}, and writes down what the session told it. */
public final class RecordingPolicy implements ServerSessionPolicy {
    /** The user name that is admitted. */
    public static final String USER = "admin";

    /** The password that is admitted. */
    public static final String PASSWORD = "P@ssw0rd";

    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final Set<Integer> ports = Collections.synchronizedSet(new TreeSet<>());
    private final List<CompletableFuture<LoginResult>> undecided = new ArrayList<>();
    private boolean certificate;
    private boolean deferring;
    private boolean admitting = true;
    private @Nullable RuntimeException failing;

    /** Logins stay undecided until {@link #decide}. */
    public RecordingPolicy deferring() {
        deferring = true;
        return this;
    }

    /** A verified client certificate stands for the user. */
    public RecordingPolicy withCertificate() {
        certificate = true;
        return this;
    }

    /** Another newcomer was faster. */
    public RecordingPolicy notAdmitting() {
        admitting = false;
        return this;
    }

    /** The login throws. */
    public RecordingPolicy failing(RuntimeException cause) {
        failing = cause;
        return this;
    }

    /** What was heard, in order. */
    public List<String> events() {
        return List.copyOf(events);
    }

    /** The ports announced now. */
    public Set<Integer> ports() {
        return Set.copyOf(ports);
    }

    /** Decides the oldest undecided login. */
    public void decide(LoginResult result) {
        undecided.removeFirst().complete(result);
    }

    @Override
    public void versioned(ProtocolVersion version) {}

    @Override
    public void loginAnswered() {}

    @Override
    public CompletionStage<LoginResult> login(ProtocolVersion version, UserauthRequest request) {
        events.add("login " + request.method());
        if (failing != null) {
            throw failing;
        }
        if (deferring) {
            CompletableFuture<LoginResult> login = new CompletableFuture<>();
            undecided.add(login);
            return login;
        }
        boolean good =
                request.method().equals(ApfConstants.METHOD_NONE)
                        ? certificate
                        : request.username().equals(USER)
                                && Objects.equals(request.password(), PASSWORD);
        return CompletableFuture.completedFuture(
                good ? new LoginResult.Accepted() : new LoginResult.Refused());
    }

    @Override
    public boolean accepted() {
        events.add("accepted");
        return admitting;
    }

    @Override
    public boolean forward(String address, int port) {
        events.add("forward " + address + ":" + port);
        ports.add(port);
        return true;
    }

    @Override
    public boolean cancelForward(int port) {
        events.add("cancel " + port);
        return ports.remove(port);
    }

    @Override
    public void udpSendTo(UdpSendTo request) {
        events.add("datagram of " + request.content().readableBytes());
    }

    @Override
    public void protocolError(ApfProtocolException error) {
        events.add("protocol error " + error.error());
    }

    @Override
    public void peerDisconnected(int reason) {
        events.add("peer disconnected " + reason);
    }

    @Override
    public void attemptsExhausted() {
        events.add("attempts exhausted");
    }

    @Override
    public void dead() {
        events.add("dead");
    }

    @Override
    public void controlBacklog() {
        events.add("control backlog");
    }
}
