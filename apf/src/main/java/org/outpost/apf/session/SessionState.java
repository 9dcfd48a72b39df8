package org.outpost.apf.session;

import org.outpost.apf.codec.MessageGate;
import org.outpost.apf.message.MessageType;
import org.outpost.apf.message.ProtocolVersion;

/**
 * Where a session stands, seen from the server (apf.md section 10). Each state accepts its messages
 * and offers only its legal transitions:
 *
 * <pre>
 * New --> Versioned --> Authentication <--> Checking --> Authenticated --> Running
 *              \-------------------------------^ (a certificate stands for the user)
 * </pre>
 */
sealed interface SessionState extends MessageGate {
    /** The connection is there; PROTOCOLVERSION is awaited. */
    record New() implements SessionState {
        @Override
        public boolean accepts(int type) {
            return type == MessageType.PROTOCOLVERSION;
        }

        Versioned versioned(ProtocolVersion version) {
            return new Versioned(version);
        }
    }

    /** The device has said who it is. */
    record Versioned(ProtocolVersion version) implements SessionState {
        @Override
        public boolean accepts(int type) {
            return type == MessageType.SERVICE_REQUEST || type == MessageType.DISCONNECT;
        }

        Authentication authentication() {
            return new Authentication(version, 0);
        }

        Checking withoutUser() {
            return new Checking(version, 0);
        }
    }

    /** The authentication service was entered; credentials are awaited. */
    record Authentication(ProtocolVersion version, int failures) implements SessionState {
        @Override
        public boolean accepts(int type) {
            return type == MessageType.USERAUTH_REQUEST || type == MessageType.DISCONNECT;
        }

        Checking checking() {
            return new Checking(version, failures);
        }
    }

    /** Somebody else is looking at the credentials; nothing is parsed meanwhile. */
    record Checking(ProtocolVersion version, int failures) implements SessionState {
        @Override
        public boolean accepts(int type) {
            return false;
        }

        Authentication failed() {
            return new Authentication(version, failures + 1);
        }

        Authenticated authenticated() {
            return new Authenticated();
        }

        Running running() {
            return new Running();
        }
    }

    /** The credentials were good; the port forwarding service is awaited. */
    record Authenticated() implements SessionState {
        @Override
        public boolean accepts(int type) {
            return type == MessageType.SERVICE_REQUEST
                    || type == MessageType.KEEPALIVE_REQUEST
                    || type == MessageType.DISCONNECT;
        }

        Running running() {
            return new Running();
        }
    }

    /** Ports are forwarded, channels opened. */
    record Running() implements SessionState {
        @Override
        public boolean accepts(int type) {
            return switch (type) {
                case MessageType.DISCONNECT,
                        MessageType.SERVICE_REQUEST,
                        MessageType.GLOBAL_REQUEST,
                        MessageType.CHANNEL_OPEN,
                        MessageType.CHANNEL_OPEN_CONFIRMATION,
                        MessageType.CHANNEL_OPEN_FAILURE,
                        MessageType.CHANNEL_WINDOW_ADJUST,
                        MessageType.CHANNEL_DATA,
                        MessageType.CHANNEL_CLOSE,
                        MessageType.KEEPALIVE_REQUEST,
                        MessageType.KEEPALIVE_REPLY,
                        MessageType.KEEPALIVE_OPTIONS_REPLY ->
                        true;
                default -> false;
            };
        }
    }

    /** DISCONNECT was sent or received. */
    record Ended() implements SessionState {
        @Override
        public boolean accepts(int type) {
            return false;
        }
    }
}
