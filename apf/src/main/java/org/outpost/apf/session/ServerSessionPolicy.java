package org.outpost.apf.session;

import org.outpost.apf.codec.ApfProtocolException;
import org.outpost.apf.message.ProtocolVersion;
import org.outpost.apf.message.UdpSendTo;
import org.outpost.apf.message.UserauthRequest;

import java.util.concurrent.CompletionStage;

/**
 * What the server decides about one session, and hears of it. Every method is called on the
 * tunnel's event loop and must not block.
 */
public interface ServerSessionPolicy {
    /** The device said who it is. */
    default void versioned(ProtocolVersion version) {}

    /**
     * Checks credentials. The session parses nothing until the answer is in.
     *
     * @param request its method is {@code none} when the device sent none and goes straight for
     *     port forwarding: then only a verified client certificate can stand for it
     * @return may complete on any thread
     */
    CompletionStage<LoginResult> login(ProtocolVersion version, UserauthRequest request);

    /**
     * The login was accepted and the connection still stands. What the session replaces is retired
     * and the new one registered now, before the device is told.
     *
     * @return false when another newcomer was faster or no room is left: the session ends
     */
    boolean accepted();

    /**
     * The device announced a port.
     *
     * @param address the text that came with it: empty, or the name that the device claims
     * @return false to refuse it
     */
    boolean forward(String address, int port);

    /**
     * The device took a port back.
     *
     * @return false when it was never announced
     */
    boolean cancelForward(int port);

    /** The device asks for a datagram to be sent. The caller keeps and releases the message. */
    void udpSendTo(UdpSendTo request);

    /** The check of a login broke, through no fault of the device; it is sent away. */
    default void loginFailed(Throwable failure) {}

    /** The answer to a login is on its way to the device, and it may go on. */
    default void loginAnswered() {}

    /** The peer broke the protocol; DISCONNECT was sent. */
    void protocolError(ApfProtocolException error);

    /** The peer sent DISCONNECT. */
    void peerDisconnected(int reason);

    /** The peer has used up its attempts to log in. */
    void attemptsExhausted();

    /** The peer was silent for too long. */
    void dead();

    /** The peer caused replies faster than it took them, for too long. */
    void controlBacklog();
}
