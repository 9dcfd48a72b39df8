package org.outpost.testkit.apf;

/**
 * What a transcript is played against: something that takes the bytes of one side of an APF session
 * and produces the other's. An embedded channel, a socket or another peer can stand behind it.
 */
public interface ApfEndpoint {
    /** Hands bytes to the endpoint, as one read of its connection. */
    void send(byte[] bytes);

    /**
     * The next bytes the endpoint produced. An endpoint that works on its own threads waits here as
     * long as it is willing to; empty means that nothing came.
     */
    byte[] receive();

    /** Ends the connection from the player's side. */
    void end();

    /** Whether the endpoint ended the connection; may wait as {@link #receive()} does. */
    boolean hasEnded();

    /**
     * Makes the endpoint do what no message causes: a console opens a channel, a timer expires. An
     * endpoint that does it by itself ignores the call.
     *
     * @param action the text of the transcript's action line
     */
    void act(String action);
}
