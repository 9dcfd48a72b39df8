package org.outpost.amt.redirection.signin;

import org.outpost.amt.redirection.message.MessageCode;

/** How far a sign-in has come; each state names the only message that may come next. */
sealed interface SignInState {
    /** No type byte. */
    int NOTHING = -1;

    /** The type byte that may come in this state. */
    default int expects() {
        return MessageCode.AUTHENTICATE_REPLY;
    }

    /** Not connected yet. */
    record Connecting() implements SignInState {
        @Override
        public int expects() {
            return NOTHING;
        }
    }

    /** StartRedirectionSession is sent. */
    record Starting() implements SignInState {
        @Override
        public int expects() {
            return MessageCode.START_SESSION_REPLY;
        }
    }

    /** The list of methods is asked for. */
    record Querying() implements SignInState {}

    /** A challenge is asked for. */
    record Challenged(DigestSignIn digest, int method) implements SignInState {}

    /**
     * The password, or its digest, is sent.
     *
     * @param nonce of the challenge that was answered; empty for a password in clear
     * @param again whether a further challenge may be answered
     */
    record Answered(DigestSignIn digest, int method, String nonce, boolean again)
            implements SignInState {}

    /** It is over, well or not. */
    record Finished() implements SignInState {
        @Override
        public int expects() {
            return NOTHING;
        }
    }
}
