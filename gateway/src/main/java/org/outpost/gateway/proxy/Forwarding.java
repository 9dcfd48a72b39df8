package org.outpost.gateway.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.route.Console;
import org.outpost.gateway.route.Route;
import org.outpost.gateway.splice.Splice;

import java.util.ArrayList;
import java.util.List;

/**
 * Passes one exchange after the other between a console and a device, and keeps the device's
 * channel in between. Nothing is read that cannot be passed on: the console's next bytes are asked
 * for when the device's channel has taken the last, and the other way round. Only the console's
 * event loop uses it.
 */
final class Forwarding implements DeviceConnection.Listener {
    private final Owner owner;
    private final Channel console;
    private final ConsoleInput input;
    private @Nullable Exchange exchange;
    private @Nullable DeviceConnection device;
    private boolean headSent;
    private boolean sending;
    private boolean closed;

    /** The console's connection. */
    interface Owner {
        /** Something moved. */
        void progressed();

        /** The answer was handed to the console. */
        void answered(Exchange exchange, ChannelFuture last);

        /** The device had gone before it saw anything of the request; another channel may do. */
        void notForwarded(Exchange exchange);

        /** There is no answer, for this reason. */
        void failed(Exchange exchange, ProxyStatus reason);

        /** Half an answer was handed to the console; the rest will not come. */
        void truncated(Exchange exchange);

        /** From here on the splice carries bytes. */
        void switched(Exchange exchange, HttpResponse response, Splice splice);
    }

    Forwarding(Owner owner, Channel console, ConsoleInput input) {
        this.owner = owner;
        this.console = console;
        this.input = input;
    }

    /** The channel that can carry the request, if it is there still; any other is closed. */
    @Nullable DeviceConnection kept(Route route, int port, Console user) {
        DeviceConnection now = device;
        if (now != null && now.serves(route, port, user)) {
            return now;
        }
        stop();
        return null;
    }

    /** Begins an exchange; {@link #pump} does the rest. */
    void start(Exchange next, DeviceConnection to) {
        exchange = next;
        device = to;
        headSent = false;
        sending = false;
        closed = false;
        to.setIdle(false);
        to.read();
    }

    /** No exchange, and no device's channel. */
    void stop() {
        exchange = null;
        DeviceConnection now = device;
        device = null;
        if (now != null) {
            now.close();
        }
    }

    /** Whether it is the console that is awaited, with the rest of its request. */
    boolean awaitsConsole() {
        Exchange current = exchange;
        return current != null && !current.requestDone && !sending;
    }

    /** Passes on what there is of the request, or asks for more. */
    void pump() {
        Exchange current = exchange;
        DeviceConnection to = device;
        if (current == null || to == null || sending) {
            return;
        }
        List<HttpContent> parts = current.requestDone ? List.of() : input.takeBody();
        for (HttpContent part : parts) {
            if (part.decoderResult().isFailure()) {
                parts.forEach(ReferenceCountUtil::release);
                fail(ProxyStatus.badFraming());
                return;
            }
            current.bodyStarted |= part.content().isReadable();
            if (part instanceof LastHttpContent last) {
                ForwardedFields.strip(last.trailingHeaders());
                current.bodyStarted |= !last.trailingHeaders().isEmpty();
                current.requestDone = true;
            }
        }
        if (!headSent || !parts.isEmpty()) {
            sending = true;
            to.send(headSent ? null : ForwardedHead.request(current), parts);
            headSent = true;
        } else if (input.isEmpty()) {
            // Also when the request is done: one read ahead tells when the console leaves.
            input.readMore();
        }
    }

    @Override
    public void onSent(DeviceConnection to, boolean success) {
        Exchange current = exchange;
        if (to != device || current == null) {
            return;
        }
        sending = false;
        if (closed) {
            endedWithoutAnswer(current);
        } else if (success) {
            owner.progressed();
        }
    }

    @Override
    public void onNotSent(DeviceConnection to, List<HttpContent> parts) {
        Exchange current = exchange;
        if (to != device || current == null) {
            parts.forEach(ReferenceCountUtil::release);
            return;
        }
        if (!current.reusedChannel) {
            parts.forEach(ReferenceCountUtil::release);
            fail(ProxyStatus.deviceBrokeOff());
            return;
        }
        stop();
        input.putBack(parts);
        current.requestDone = false;
        current.bodyStarted = false;
        owner.notForwarded(current);
    }

    @Override
    public void onResponse(DeviceConnection from, List<HttpObject> batch) {
        Exchange current = exchange;
        if (from != device || current == null) {
            batch.forEach(ReferenceCountUtil::release);
            if (from == device) {
                // An answer to nothing: whatever follows would be taken for the next one's.
                stop();
            }
            return;
        }
        List<HttpObject> rest = new ArrayList<>(batch);
        ChannelFuture last = null;
        while (!rest.isEmpty()) {
            HttpObject object = rest.removeFirst();
            ProxyStatus fault = fault(object);
            if (fault != null) {
                ReferenceCountUtil.release(object);
                rest.forEach(ReferenceCountUtil::release);
                fail(fault);
                return;
            }
            ChannelFuture written = pass(current, object);
            last = written == null ? last : written;
            if (object instanceof LastHttpContent && !current.interim && written != null) {
                console.flush();
                finish(current, from, written, rest);
                return;
            }
        }
        console.flush();
        owner.progressed();
        if (last == null) {
            from.read();
        } else {
            last.addListener(
                    written -> {
                        if (written.isSuccess()) {
                            from.read();
                        }
                    });
        }
    }

    private static @Nullable ProxyStatus fault(HttpObject object) {
        if (object.decoderResult().isFailure()) {
            return ProxyStatus.deviceNotHttp("The device's answer is not valid HTTP.");
        }
        if (object instanceof HttpResponse response) {
            int code = response.status().code();
            if (code < 100 || code > 999) {
                return ProxyStatus.deviceNotHttp("The device's answer has no valid status code.");
            }
            if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                return ProxyStatus.deviceNotHttp(
                        "The device switched to another protocol, but was not asked to.");
            }
            if (!ForwardedHead.isReadable(response)) {
                return ProxyStatus.deviceNotHttp(
                        "The device's answer has a transfer coding other than chunked.");
            }
        }
        return null;
    }

    /** Hands one object to the console; null when it is not for the console. */
    private @Nullable ChannelFuture pass(Exchange current, HttpObject object) {
        if (object instanceof HttpResponse response) {
            current.interim = ForwardedHead.isInterim(response);
            if (!current.interim) {
                current.responseStarted = true;
                return console.write(ForwardedHead.response(response, current));
            }
            if (current.isHttp10()) {
                return null;
            }
            current.continued |= response.status().equals(HttpResponseStatus.CONTINUE);
            return console.write(ForwardedHead.interim(response));
        }
        if (object instanceof LastHttpContent last) {
            ForwardedFields.strip(last.trailingHeaders());
        }
        // The end of an interim answer is written too: the encoder needs it for its state.
        if (current.interim && current.isHttp10()) {
            ReferenceCountUtil.release(object);
            return null;
        }
        return console.write(object);
    }

    private void finish(
            Exchange current, DeviceConnection from, ChannelFuture last, List<HttpObject> rest) {
        exchange = null;
        if (current.deviceCloses || !current.requestDone || sending || !rest.isEmpty()) {
            rest.forEach(ReferenceCountUtil::release);
            stop();
        } else {
            from.setIdle(true);
            // One read ahead tells when the device closes.
            from.read();
        }
        owner.answered(current, last);
    }

    @Override
    public void onDeviceClosed(DeviceConnection from) {
        if (from != device) {
            return;
        }
        Exchange current = exchange;
        if (current == null) {
            device = null;
        } else if (sending) {
            // What became of that tells whether the device saw anything.
            closed = true;
        } else {
            endedWithoutAnswer(current);
        }
    }

    private void endedWithoutAnswer(Exchange current) {
        if (!current.mayRetry()) {
            fail(ProxyStatus.deviceBrokeOff());
            return;
        }
        stop();
        if (current.requestDone) {
            // The request's end is gone already; the new channel gets one of its own.
            input.putBack(List.of(LastHttpContent.EMPTY_LAST_CONTENT));
            current.requestDone = false;
        }
        owner.notForwarded(current);
    }

    @Override
    public void onSwitched(DeviceConnection from, HttpResponse response, Splice splice) {
        Exchange current = exchange;
        if (from != device || current == null) {
            splice.abandon();
            return;
        }
        exchange = null;
        device = null;
        owner.switched(current, response, splice);
    }

    private void fail(ProxyStatus reason) {
        Exchange current = exchange;
        stop();
        if (current == null) {
            return;
        }
        if (current.responseStarted) {
            owner.truncated(current);
        } else {
            owner.failed(current, reason);
        }
    }
}
