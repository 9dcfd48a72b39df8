package org.outpost.amt.wsman.http;

import java.util.List;

/** An HTTP response. */
public final class HttpAnswer {
    private final int status;
    private final List<String> challenges;
    private final String server;
    private final byte[] body;

    /**
     * What came.
     *
     * @param status its status code
     * @param challenges the values of its {@code WWW-Authenticate} headers, in order
     * @param server its {@code Server} header; empty where there is none
     * @param body its body, without any transfer coding; handed over
     */
    HttpAnswer(int status, List<String> challenges, String server, byte[] body) {
        this.status = status;
        this.challenges = List.copyOf(challenges);
        this.server = server;
        this.body = body;
    }

    /** Its status code. */
    public int status() {
        return status;
    }

    List<String> challenges() {
        return challenges;
    }

    /** Its {@code Server} header; empty where there is none. */
    public String server() {
        return server;
    }

    /** Its body, not a copy. */
    public byte[] body() {
        return body;
    }

    /** What happened, without what was said. */
    @Override
    public String toString() {
        return "HTTP " + status + ", " + body.length + " bytes";
    }
}
