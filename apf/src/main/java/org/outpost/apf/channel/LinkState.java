package org.outpost.apf.channel;

/**
 * Where one APF channel stands (apf.md section 5). Each state offers only its legal transitions:
 *
 * <pre>
 * Waiting --> Opening --> Open --> Closing --> Gone
 *    ^----------/ \-> Abandoned -----^
 * </pre>
 */
sealed interface LinkState {
    /** Waits for one of the peer's few channels to become free, or for the next attempt. */
    record Waiting() implements LinkState {
        Opening opening() {
            return new Opening();
        }
    }

    /** CHANNEL_OPEN was sent. */
    record Opening() implements LinkState {
        Open open(int remoteChannel, RemoteWindow window) {
            return new Open(remoteChannel, window);
        }

        /** The opener lost interest. No CLOSE can be sent before the peer's number is known. */
        Abandoned abandon() {
            return new Abandoned();
        }

        /** The peer said no, but may say yes later. */
        Waiting retry() {
            return new Waiting();
        }
    }

    /** CHANNEL_OPEN was sent and nobody wants the channel any more. */
    record Abandoned() implements LinkState {
        Closing closing() {
            return new Closing();
        }
    }

    /** Data may flow. */
    record Open(int remoteChannel, RemoteWindow window) implements LinkState {
        Closing closing() {
            return new Closing();
        }
    }

    /** Our CLOSE was sent; the peer's is awaited. */
    record Closing() implements LinkState {}

    /** Both sides closed, the peer refused or gave no answer, or the tunnel ended. */
    record Gone() implements LinkState {}
}
