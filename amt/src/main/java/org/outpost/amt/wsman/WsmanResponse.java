package org.outpost.amt.wsman;

import org.outpost.amt.xml.Element;

import java.util.Optional;

/**
 * An answer that is no fault.
 *
 * @param body the first element of the body; empty for an empty body
 * @param server the HTTP {@code Server} header, which names AMT's version; may be empty
 * @param request the envelope that was sent
 * @param response the envelope that came
 */
public record WsmanResponse(
        Optional<Element> body, String server, String request, String response) {
    /** Without the texts. */
    @Override
    public String toString() {
        return "WsmanResponse of " + response.length() + " characters";
    }
}
