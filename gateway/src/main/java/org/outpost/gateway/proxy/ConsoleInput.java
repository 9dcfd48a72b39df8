package org.outpost.gateway.proxy;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What arrived from the console and is not passed on yet: at most what one read brings. Only the
 * console's event loop uses it.
 */
final class ConsoleInput {
    private final ArrayDeque<HttpObject> arrived = new ArrayDeque<>();
    private final Channel console;
    private boolean reading;

    ConsoleInput(Channel console) {
        this.console = console;
    }

    void add(HttpObject object) {
        arrived.add(object);
    }

    /** Asks for one more read, unless one is under way. */
    void readMore() {
        if (!reading) {
            reading = true;
            console.read();
        }
    }

    void readCompleted() {
        reading = false;
    }

    boolean isEmpty() {
        return arrived.isEmpty();
    }

    @Nullable HttpObject poll() {
        return arrived.poll();
    }

    /** Takes what is there of the current request's body, up to its end or its first error. */
    List<HttpContent> takeBody() {
        List<HttpContent> parts = new ArrayList<>();
        while (arrived.peek() instanceof HttpContent part) {
            arrived.poll();
            parts.add(part);
            if (part instanceof LastHttpContent || part.decoderResult().isFailure()) {
                break;
            }
        }
        return parts;
    }

    /** Puts parts of a body that were taken back in front. */
    void putBack(List<HttpContent> parts) {
        parts.reversed().forEach(arrived::addFirst);
    }

    void release() {
        for (HttpObject next = arrived.poll(); next != null; next = arrived.poll()) {
            ReferenceCountUtil.release(next);
        }
    }
}
