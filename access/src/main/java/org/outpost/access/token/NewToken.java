package org.outpost.access.token;

/**
 * A token that was just made.
 *
 * @param token without its secret part
 * @param text what the user shows from now on; it cannot be told again
 */
public record NewToken(Token token, String text) {
    /** Leaves the text out. */
    @Override
    public String toString() {
        return "NewToken[" + token.id() + "]";
    }
}
