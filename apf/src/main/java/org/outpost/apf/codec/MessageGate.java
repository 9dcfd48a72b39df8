package org.outpost.apf.codec;

/** Says which messages may come now: asked for the type byte, before the rest is awaited. */
@FunctionalInterface
public interface MessageGate {
    /** Lets every known message through. */
    MessageGate OPEN = type -> true;

    /**
     * Whether a message may come now.
     *
     * @param type a value of {@link org.outpost.apf.message.MessageType}
     */
    boolean accepts(int type);
}
