package org.outpost.testkit.apf;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** What a served port does with one channel. One instance serves one channel. */
@FunctionalInterface
public interface ChannelService {
    /** Takes what arrived; returns what to send back, which may be empty. */
    byte[] received(byte[] bytes);

    /** What to send as soon as the channel is open. */
    default byte[] opened() {
        return new byte[0];
    }

    /** Whether the device closes the channel once all its bytes are sent. */
    default boolean closesWhenSent() {
        return false;
    }

    /** Sends everything back. */
    static Function<WireMessage.ChannelOpen, ChannelService> echo() {
        return _ -> bytes -> bytes;
    }

    /** Takes everything and says nothing. */
    static Function<WireMessage.ChannelOpen, ChannelService> sink() {
        return _ -> _ -> new byte[0];
    }

    /** Sends this many zero bytes, then closes. */
    static Function<WireMessage.ChannelOpen, ChannelService> source(int count) {
        return _ ->
                new ChannelService() {
                    @Override
                    public byte[] received(byte[] bytes) {
                        return new byte[0];
                    }

                    @Override
                    public byte[] opened() {
                        return new byte[count];
                    }

                    @Override
                    public boolean closesWhenSent() {
                        return true;
                    }
                };
    }

    /** Answers every HTTP request without a body by 200 and this text. */
    static Function<WireMessage.ChannelOpen, ChannelService> page(String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String head =
                "HTTP/1.1 200 OK\r\nServer: testkit\r\nContent-Type: text/plain\r\n"
                        + "Content-Length: %d\r\n\r\n".formatted(body.length);
        byte[] response = ApfBytes.concat(head.getBytes(StandardCharsets.US_ASCII), body);
        return _ -> new PageService(response);
    }
}
