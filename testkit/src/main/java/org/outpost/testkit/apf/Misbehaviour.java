package org.outpost.testkit.apf;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A device's misdeed against a server, and how the server has to end it. Played on a connection
 * that has said nothing yet.
 *
 * @param name for reports
 * @param script what the device does; it may return while bytes are still being sent
 * @param ending what the server does
 */
public record Misbehaviour(String name, Consumer<ApfDevicePeer> script, Ending ending) {
    private static final int BATCH = 1000;

    /** What becomes of the connection. */
    public enum Ending {
        /** The server ends it; what it says before does not matter. */
        ENDS,
        /** The server says DISCONNECT with reason 2 and ends it. */
        PROTOCOL_ERROR,
        /** The same with reason 7: there is no such service. */
        UNKNOWN_SERVICE,
        /** The same with reason 8: that version of the protocol is not spoken. */
        UNSUPPORTED_VERSION,
        /** The session goes on: a keep-alive is answered. */
        GOES_ON,
        /** The server either ends it or goes on; only that it does one of them is asked. */
        ENDS_OR_GOES_ON,
        /** The device itself is gone. */
        NONE
    }

    /** Says nothing more from a stage on. */
    public static Misbehaviour silentAt(Stage stage) {
        return new Misbehaviour("silent when " + stage, peer -> peer.reach(stage), Ending.ENDS);
    }

    /** Sends the rest of its start so slowly that deadlines pass while bytes keep coming. */
    public static Misbehaviour tricklingFrom(Stage stage, int bytesPerSecond) {
        return new Misbehaviour(
                "%d bytes a second from %s".formatted(bytesPerSecond, stage),
                peer -> {
                    peer.reach(stage);
                    byte[][] rest = stage.rest(peer.startMessages()).toArray(byte[][]::new);
                    peer.connection().trickle(ApfBytes.concat(rest), bytesPerSecond);
                },
                Ending.ENDS);
    }

    /** Sends bytes at a stage where they are wrong. */
    public static Misbehaviour sending(String name, Stage stage, byte[] bytes, Ending ending) {
        return new Misbehaviour(
                name,
                peer -> {
                    peer.reach(stage);
                    peer.connection().send(bytes);
                },
                ending);
    }

    /**
     * Sends the same message again and again from the running state, as fast as the server takes
     * it, and reads all answers.
     */
    public static Misbehaviour flooding(String name, byte[] message, int times) {
        return new Misbehaviour(
                "flood of %d x %s".formatted(times, name),
                peer -> {
                    peer.reach(Stage.RUNNING);
                    inBackground(() -> flood(peer.connection(), message, times));
                },
                Ending.ENDS_OR_GOES_ON);
    }

    /** The same, but without reading any answer until the server has ended the connection. */
    public static Misbehaviour floodingUnread(String name, byte[] message, int times) {
        return new Misbehaviour(
                "unread flood of %d x %s".formatted(times, name),
                peer -> {
                    peer.reach(Stage.RUNNING);
                    ApfConnection connection = peer.connection();
                    connection.pauseReading();
                    inBackground(() -> flood(connection, message, times))
                            .thenRun(connection::resumeReading);
                },
                Ending.ENDS);
    }

    private static CompletableFuture<Void> inBackground(Runnable task) {
        return CompletableFuture.runAsync(task, runner -> Thread.ofVirtual().start(runner));
    }

    private static void flood(ApfConnection connection, byte[] message, int times) {
        byte[][] together = new byte[BATCH][];
        Arrays.fill(together, message);
        byte[] batch = ApfBytes.concat(together);
        try {
            for (int sent = 0; sent < times; sent += BATCH) {
                connection.send(
                        Arrays.copyOf(batch, Math.min(BATCH, times - sent) * message.length));
            }
        } catch (UncheckedIOException ended) {
            // the server had enough
        }
    }

    /** Cuts the connection with a reset at a stage. */
    public static Misbehaviour resettingAt(Stage stage) {
        return new Misbehaviour(
                "reset when " + stage,
                peer -> {
                    peer.reach(stage);
                    peer.connection().reset();
                },
                Ending.NONE);
    }

    /** The misdeeds every server has to stand, apart from those of the error transcripts. */
    public static List<Misbehaviour> all() {
        return List.of(
                silentAt(Stage.CONNECTED),
                silentAt(Stage.VERSIONED),
                silentAt(Stage.AUTHENTICATING),
                silentAt(Stage.AUTHENTICATED),
                silentAt(Stage.FORWARDING),
                tricklingFrom(Stage.CONNECTED, 5),
                tricklingFrom(Stage.VERSIONED, 2),
                tricklingFrom(Stage.AUTHENTICATING, 2),
                tricklingFrom(Stage.AUTHENTICATED, 1),
                sending("unknown type", Stage.RUNNING, new byte[] {96}, Ending.PROTOCOL_ERROR),
                sending(
                        "oversized data",
                        Stage.RUNNING,
                        ApfVectors.N02.bytes(),
                        Ending.PROTOCOL_ERROR),
                sending(
                        "oversized string",
                        Stage.VERSIONED,
                        ApfVectors.N03.bytes(),
                        Ending.PROTOCOL_ERROR),
                sending(
                        "forward before authentication",
                        Stage.AUTHENTICATING,
                        ApfVectors.V11.bytes(),
                        Ending.PROTOCOL_ERROR),
                sending(
                        "data for a channel nobody knows",
                        Stage.RUNNING,
                        ApfBytes.channelData(4711, new byte[65536]),
                        Ending.GOES_ON),
                sending(
                        "negative length",
                        Stage.RUNNING,
                        Octets.ofHex("5e 00000004 ffffffff").bytes(),
                        Ending.PROTOCOL_ERROR),
                sending(
                        "port out of range",
                        Stage.RUNNING,
                        ApfBytes.tcpipForward(true, "", 65536),
                        Ending.PROTOCOL_ERROR),
                sending(
                        "reply to nothing",
                        Stage.RUNNING,
                        ApfBytes.requestSuccess(16992),
                        Ending.PROTOCOL_ERROR),
                sending(
                        "unknown global request",
                        Stage.RUNNING,
                        ApfBytes.globalRequest("no-more-sessions", false, new byte[0]),
                        Ending.PROTOCOL_ERROR),
                sending(
                        "second version",
                        Stage.RUNNING,
                        ApfVectors.V01.bytes(),
                        Ending.PROTOCOL_ERROR),
                sending(
                        "message that only servers send",
                        Stage.RUNNING,
                        ApfVectors.V10.bytes(),
                        Ending.PROTOCOL_ERROR),
                sending(
                        "sign-in when running",
                        Stage.RUNNING,
                        ApfVectors.V05.bytes(),
                        Ending.PROTOCOL_ERROR),
                sending(
                        "unknown service",
                        Stage.VERSIONED,
                        ApfBytes.serviceRequest("shell@amt.intel.com"),
                        Ending.UNKNOWN_SERVICE),
                sending(
                        "unsupported version",
                        Stage.CONNECTED,
                        ApfBytes.protocolVersion(0, 9, 4, new UUID(1, 2)),
                        Ending.UNSUPPORTED_VERSION),
                sending("not APF", Stage.CONNECTED, new byte[] {0x16, 3, 1, 0}, Ending.ENDS),
                flooding("keep-alive", ApfBytes.keepAliveRequest(1), 200_000),
                floodingUnread("keep-alive", ApfBytes.keepAliveRequest(1), 6_000_000),
                flooding("forward", ApfBytes.tcpipForward(true, "", 16992), 50_000),
                flooding("direct open", ApfVectors.V20.bytes(), 50_000),
                flooding("unknown channel", ApfBytes.channelClose(4711), 200_000),
                resettingAt(Stage.CONNECTED),
                resettingAt(Stage.VERSIONED),
                resettingAt(Stage.RUNNING));
    }

    /**
     * Plays the misdeed and waits for its ending.
     *
     * @param within the deadline of the ending, from the moment the script returned
     * @throws AssertionError if the server ends it otherwise
     */
    public void play(ApfDevicePeer peer, Duration within) {
        script.accept(peer);
        switch (ending) {
            case ENDS -> peer.connection().awaitEnd(within);
            case PROTOCOL_ERROR -> expectDisconnect(peer, 2, within);
            case UNKNOWN_SERVICE -> expectDisconnect(peer, 7, within);
            case UNSUPPORTED_VERSION -> expectDisconnect(peer, 8, within);
            case GOES_ON -> {
                if (!answersKeepAlive(peer, within)) {
                    throw new AssertionError(name + ": the session did not go on");
                }
            }
            case ENDS_OR_GOES_ON -> {
                if (!answersKeepAlive(peer, within) && peer.connection().end() == null) {
                    throw new AssertionError(name + ": neither ended nor alive");
                }
            }
            case NONE -> {
                // nobody is left to look
            }
        }
    }

    private void expectDisconnect(ApfDevicePeer peer, int reason, Duration within) {
        WireMessage.Disconnect disconnect = peer.expect(WireMessage.Disconnect.class);
        if (disconnect.reason() != reason) {
            throw new AssertionError(name + ": ended by " + disconnect);
        }
        peer.connection().awaitEnd(within);
    }

    private static boolean answersKeepAlive(ApfDevicePeer peer, Duration within) {
        long cookie = 0xfeed_beefL;
        inBackground(() -> flood(peer.connection(), ApfBytes.keepAliveRequest(cookie), 1));
        long deadline = System.nanoTime() + within.toNanos();
        Optional<WireMessage> next;
        do {
            next = peer.connection().receive(Duration.ofNanos(deadline - System.nanoTime()));
        } while (next.isPresent() && !next.get().equals(new WireMessage.KeepAliveReply(cookie)));
        return next.isPresent();
    }

    @Override
    public String toString() {
        return name;
    }
}
