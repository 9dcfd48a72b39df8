package org.outpost.gateway.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.door.DeadlineHandler;
import org.outpost.gateway.door.Doorway;
import org.outpost.gateway.door.Drain;
import org.outpost.gateway.door.SignIn;
import org.outpost.gateway.splice.Splice;
import org.outpost.gateway.transport.PeerFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One console connection to the HTTP proxy. Requests are taken one at a time, each to the device
 * that it names; a pipelined one waits until the answer before it is through.
 */
final class HttpProxyHandler extends ChannelInboundHandlerAdapter
        implements Approach.Owner, Forwarding.Owner {
    private static final Logger log = LoggerFactory.getLogger(HttpProxyHandler.class);

    private final Doorway doorway;
    private final ProxySettings settings;
    private final ConsoleLine line;
    private final ConsoleInput input;
    private final Forwarding forwarding;
    private final Approach approach;
    private @Nullable Exchange exchange;
    private Phase phase = Phase.IDLE;
    private boolean pumping;
    private boolean headAwaited = true;
    private long discarded;
    private boolean draining;
    private boolean connecting;

    private enum Phase {
        /** The next request is awaited. */
        IDLE,
        /** Credentials are checked or the device is looked for; nothing is passed on yet. */
        PREPARING,
        /** Request and answer are passed on. */
        FORWARDING,
        /** The request was answered before its body was through; the rest is dropped. */
        DISCARDING,
        /** No more HTTP on this connection. */
        OVER
    }

    HttpProxyHandler(Channel console, Doorway doorway, ProxySettings settings) {
        this.doorway = doorway;
        this.settings = settings;
        this.line = new ConsoleLine(console, settings);
        this.input = new ConsoleInput(console);
        this.forwarding = new Forwarding(this, console, input);
        this.approach = new Approach(this, console, doorway, settings, forwarding);
    }

    /** Begins to serve the connection. */
    void install() {
        line.install(this);
        if (line.channel().isActive()) {
            pump();
        }
    }

    // What the console does.

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        pump();
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (phase == Phase.OVER || !(msg instanceof HttpObject object)) {
            ReferenceCountUtil.release(msg);
            return;
        }
        input.add(object);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        input.readCompleted();
        if (phase == Phase.IDLE && input.isEmpty() && !headAwaited) {
            // A head has begun: from here on it has as long as the first one had.
            headAwaited = true;
            line.expectWithin(doorway.settings().handshake());
        }
        pump();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case DeadlineHandler.Expired _ -> expired();
            case Drain _ -> drain();
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    private void drain() {
        draining = true;
        Exchange current = exchange;
        if (current != null) {
            current.endsConnection();
        }
        if (phase == Phase.IDLE && input.isEmpty()) {
            end();
            line.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        PeerFailure.log(log, cause)
                .addKeyValue("door", doorway.name())
                .addKeyValue("console", SignIn.address(ctx.channel()))
                .log("connection of a console failed");
        end();
        line.cut();
    }

    /** Does what can be done now. What that leads to is done here too, not deeper on the stack. */
    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            boolean moved = true;
            while (moved) {
                moved =
                        switch (phase) {
                            case IDLE -> next();
                            case DISCARDING -> discard();
                            case FORWARDING -> {
                                forwarding.pump();
                                yield phase != Phase.FORWARDING;
                            }
                            case PREPARING, OVER -> false;
                        };
            }
        } finally {
            pumping = false;
        }
    }

    private boolean next() {
        HttpObject next = input.poll();
        if (next instanceof HttpRequest request) {
            begin(request);
            return true;
        }
        if (next != null) {
            ReferenceCountUtil.release(next);
            return true;
        }
        input.readMore();
        return false;
    }

    private void begin(HttpRequest request) {
        line.stopClock();
        line.answering(request.method());
        phase = Phase.PREPARING;
        connecting = request.method().equals(HttpMethod.CONNECT);
        ProxyStatus fault = RequestCheck.fault(request, settings);
        if (fault != null) {
            doorway.metrics().turnedAway("request");
            answer(fault, request, null);
            return;
        }
        RequestTarget target;
        try {
            target = RequestTarget.of(request.method(), request.uri());
        } catch (BadRequestException e) {
            answer(ProxyStatus.badRequest(String.valueOf(e.getMessage())), request, null);
            return;
        }
        Exchange fresh = new Exchange(request, target);
        if (draining) {
            fresh.endsConnection();
        }
        exchange = fresh;
        // Without a read under way nobody would notice that the console leaves.
        input.readMore();
        approach.begin(fresh);
    }

    // What became of an exchange.

    @Override
    public void reached(Exchange current, DeviceConnection device) {
        phase = Phase.FORWARDING;
        line.expectWithin(settings.responseTimeout());
        forwarding.start(current, device);
        pump();
    }

    @Override
    public void connected(Exchange current, Splice splice) {
        line.answer(OwnAnswer.connected());
        end();
        line.join(splice, this);
    }

    @Override
    public void progressed() {
        line.expectWithin(settings.responseTimeout());
        pump();
    }

    @Override
    public void notForwarded(Exchange current) {
        phase = Phase.PREPARING;
        line.stopClock();
        approach.again(current);
    }

    @Override
    public void answered(Exchange done, ChannelFuture last) {
        settle(done.requestDone, done.keepAlive(), last);
        pump();
    }

    @Override
    public void failed(Exchange current, ProxyStatus reason) {
        answer(reason, current.request(), current);
        pump();
    }

    @Override
    public void truncated(Exchange current) {
        end();
        if (current.endless) {
            // An orderly end would pass for the end of the answer.
            line.reset();
        } else {
            line.close();
        }
    }

    @Override
    public void switched(Exchange current, HttpResponse response, Splice splice) {
        boolean more = !input.isEmpty();
        end();
        if (more) {
            // Requests were sent behind the one that asked for another protocol: whose are they?
            splice.abandon();
            line.close();
            return;
        }
        line.switchProtocols(response);
        line.join(splice, this);
    }

    private void answer(ProxyStatus status, HttpRequest request, @Nullable Exchange current) {
        boolean keep =
                !status.endUnknown()
                        && (current == null
                                ? Exchange.wantsKeepAlive(request) && !draining
                                : current.keepAlive() && !current.bodyMayNotCome());
        ChannelFuture written = line.answer(OwnAnswer.failure(status, request, keep));
        settle(current != null && current.requestDone, keep, written);
    }

    /** The answer is written; what follows depends on what is left of the request. */
    private void settle(boolean requestRead, boolean keep, ChannelFuture answer) {
        exchange = null;
        if (!keep) {
            end();
            line.closeAfter(answer);
        } else if (requestRead) {
            idle();
        } else {
            phase = Phase.DISCARDING;
            discarded = 0;
            line.expectWithin(settings.discardTimeout());
        }
    }

    /** Drops the rest of a request's body; false when more of it has to be read first. */
    private boolean discard() {
        for (HttpObject next = input.poll(); next != null; next = input.poll()) {
            boolean failed = next.decoderResult().isFailure();
            boolean last = next instanceof LastHttpContent;
            if (next instanceof HttpContent content) {
                discarded += content.content().readableBytes();
            }
            ReferenceCountUtil.release(next);
            if (failed || discarded > settings.maxDiscard()) {
                end();
                line.closeAfterAnswer();
                return false;
            }
            if (last) {
                idle();
                return true;
            }
        }
        input.readMore();
        return false;
    }

    private void idle() {
        if (draining) {
            end();
            line.close();
            return;
        }
        phase = Phase.IDLE;
        headAwaited = false;
        if (connecting) {
            line.readOn(this::pump);
        }
        line.expectWithin(settings.idleTimeout());
    }

    private void expired() {
        Exchange current = exchange;
        if (phase == Phase.OVER) {
            line.cut();
        } else if (phase == Phase.FORWARDING && current != null) {
            outOfTime(current);
        } else {
            if (phase == Phase.IDLE && headAwaited) {
                doorway.metrics().turnedAway("handshake_timeout");
            }
            end();
            line.close();
        }
    }

    private void outOfTime(Exchange current) {
        boolean console = forwarding.awaitsConsole();
        forwarding.stop();
        if (current.responseStarted) {
            truncated(current);
        } else {
            failed(current, console ? ProxyStatus.requestTimedOut() : ProxyStatus.deviceTimedOut());
        }
    }

    private void end() {
        phase = Phase.OVER;
        exchange = null;
        line.stopClock();
        input.release();
        approach.cancel();
        forwarding.stop();
    }
}
