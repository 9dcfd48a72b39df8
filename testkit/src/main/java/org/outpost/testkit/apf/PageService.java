package org.outpost.testkit.apf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Answers each blank line, the end of an HTTP request's head, by the same response. */
final class PageService implements ChannelService {
    private static final String HEAD_END = "\r\n\r\n";

    private final byte[] response;
    private String unread = "";

    PageService(byte[] response) {
        this.response = response;
    }

    @Override
    public byte[] received(byte[] bytes) {
        unread += new String(bytes, StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        for (int end = unread.indexOf(HEAD_END); end >= 0; end = unread.indexOf(HEAD_END)) {
            unread = unread.substring(end + HEAD_END.length());
            answers.writeBytes(response);
        }
        return answers.toByteArray();
    }
}
