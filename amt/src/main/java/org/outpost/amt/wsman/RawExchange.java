package org.outpost.amt.wsman;

/**
 * What was sent and what came, for people who want to see it.
 *
 * @param request the envelope that was sent
 * @param response the envelope that came
 */
public record RawExchange(String request, String response) {
    /** Without the texts. */
    @Override
    public String toString() {
        return "RawExchange of " + response.length() + " characters";
    }
}
