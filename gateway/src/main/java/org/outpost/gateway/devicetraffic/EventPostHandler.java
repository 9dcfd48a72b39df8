package org.outpost.gateway.devicetraffic;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.xml.stream.XMLStreamException;

/**
 * Answers the posts of one channel, one after the other: an event is stored before it is answered
 * (events.md section 3.2). A device that is too slow with its next post loses the channel, and may
 * open another. Only the channel's loop uses it.
 */
final class EventPostHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger log = LoggerFactory.getLogger(EventPostHandler.class);

    /** AMT awaits its answer about as long. */
    private static final Duration STORE = Duration.ofSeconds(2);

    private final DeviceSource source;
    private final DeviceAlerts alerts;
    private final DeviceTrafficMetrics metrics;
    private final RateCap rate;
    private final Duration patience;
    private @Nullable Future<?> clock;

    EventPostHandler(
            DeviceSource source,
            DeviceAlerts alerts,
            DeviceTrafficMetrics metrics,
            RateCap rate,
            Duration patience) {
        this.source = source;
        this.alerts = alerts;
        this.metrics = metrics;
        this.rate = rate;
        this.patience = patience;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        startClock(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stopClock();
    }

    private void startClock(ChannelHandlerContext ctx) {
        stopClock();
        clock =
                ctx.executor()
                        .schedule(() -> ctx.close(), patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void stopClock() {
        Future<?> planned = clock;
        clock = null;
        if (planned != null) {
            planned.cancel(false);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        stopClock();
        if (!request.decoderResult().isSuccess()) {
            refuse(ctx, HttpResponseStatus.BAD_REQUEST);
            return;
        }
        boolean stays = HttpUtil.isKeepAlive(request);
        if (!request.method().equals(HttpMethod.POST)) {
            FullHttpResponse answer = response(HttpResponseStatus.METHOD_NOT_ALLOWED, "");
            answer.headers().set(HttpHeaderNames.ALLOW, HttpMethod.POST);
            send(ctx, answer, stays);
            return;
        }
        if (!rate.take()) {
            send(ctx, later(HttpResponseStatus.TOO_MANY_REQUESTS), stays);
            return;
        }
        byte[] raw = ByteBufUtil.getBytes(request.content());
        EventMessage message;
        try {
            message = EventMessage.read(raw);
        } catch (XMLStreamException e) {
            log.atInfo()
                    .addKeyValue("device", source.device())
                    .addKeyValue("bytes", raw.length)
                    .log("what a device posted as an event is no XML; it is refused");
            refuse(ctx, HttpResponseStatus.BAD_REQUEST);
            return;
        }
        store(
                ctx,
                new DeviceAlert.Event(source, Instant.now(), request.uri(), new RawAlert(raw)),
                message,
                stays);
    }

    private void store(
            ChannelHandlerContext ctx,
            DeviceAlert.Event event,
            EventMessage message,
            boolean stays) {
        // The next post waits for this one's answer.
        ctx.channel().config().setAutoRead(false);
        alerts.received(event)
                .toCompletableFuture()
                .copy()
                .orTimeout(STORE.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete(
                        (_, failure) ->
                                ctx.executor().execute(() -> stored(ctx, message, failure, stays)));
    }

    private void stored(
            ChannelHandlerContext ctx,
            EventMessage message,
            @Nullable Throwable failure,
            boolean stays) {
        if (failure != null) {
            // Whoever is to keep it has said once what is wrong; here it would be a line for each.
            log.atDebug()
                    .addKeyValue("device", source.device())
                    .addKeyValue(
                            "reason",
                            failure instanceof TimeoutException
                                    ? "not stored within " + STORE.toSeconds() + " s"
                                    : String.valueOf(failure.getMessage()))
                    .log("an event of a device could not be kept; the device is told so");
            send(ctx, later(HttpResponseStatus.SERVICE_UNAVAILABLE), stays);
        } else {
            send(
                    ctx,
                    response(HttpResponseStatus.OK, message.wantsAck() ? message.ack() : ""),
                    stays);
        }
        ctx.channel().config().setAutoRead(true);
    }

    private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status) {
        send(ctx, response(status, ""), false);
    }

    private static FullHttpResponse later(HttpResponseStatus status) {
        FullHttpResponse answer = response(status, "");
        answer.headers().set(HttpHeaderNames.RETRY_AFTER, "10");
        return answer;
    }

    private static FullHttpResponse response(HttpResponseStatus status, String soap) {
        FullHttpResponse answer =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        status,
                        Unpooled.copiedBuffer(soap, StandardCharsets.UTF_8));
        if (!soap.isEmpty()) {
            answer.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/soap+xml; charset=UTF-8");
        }
        HttpUtil.setContentLength(answer, answer.content().readableBytes());
        return answer;
    }

    private void send(ChannelHandlerContext ctx, FullHttpResponse answer, boolean stays) {
        metrics.post(answer.status().code());
        HttpUtil.setKeepAlive(answer, stays);
        var written = ctx.writeAndFlush(answer);
        // Also for an answer that the device grants no window for.
        startClock(ctx);
        if (!stays) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            log.atDebug()
                    .addKeyValue("device", source.device())
                    .addKeyValue("reason", cause.getClass().getSimpleName())
                    .log("a device's channel to the listener for events broke");
        } else {
            log.atError()
                    .setCause(cause)
                    .addKeyValue("device", source.device())
                    .log("unexpected failure of a channel for events; it is closed");
        }
        ctx.close();
    }
}
