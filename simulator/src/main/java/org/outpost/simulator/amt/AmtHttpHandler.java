package org.outpost.simulator.amt;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;

import org.outpost.simulator.fault.FaultSource;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Answers the requests of one HTTP connection one after another, in their order, however long an
 * answer takes. While one is being made no more is read.
 */
final class AmtHttpHandler extends ChannelInboundHandlerAdapter {
    private static final InetSocketAddress NOWHERE = InetSocketAddress.createUnresolved("-", 0);

    private final AmtDevice device;
    private final Deque<FullHttpRequest> waiting = new ArrayDeque<>();
    private final AmtResponder responder;
    private int requestsLeft;
    private boolean busy;

    /**
     * The handler of one connection.
     *
     * @param device the device that answers
     * @param secure whether the connection is in TLS
     * @param requests after how many requests the connection is closed
     */
    AmtHttpHandler(AmtDevice device, boolean secure, int requests) {
        this.device = device;
        this.responder = new AmtResponder(device, secure);
        this.requestsLeft = device.faults().requestsPerConnection(requests);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof FullHttpRequest request && requestsLeft > 0) {
            waiting.add(request);
            next(context);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void next(ChannelHandlerContext context) {
        while (!busy && requestsLeft > 0) {
            FullHttpRequest request = waiting.poll();
            if (request == null) {
                context.channel().config().setAutoRead(context.channel().isWritable());
                return;
            }
            busy = true;
            requestsLeft--;
            if (request.decoderResult().isFailure()) {
                requestsLeft = 0;
                respond(context, request, AmtResponder.error(HttpResponseStatus.BAD_REQUEST));
                return;
            }
            context.channel().config().setAutoRead(false);
            answer(context, request);
        }
    }

    /** Crosses to the device's event loop and back where the connection is on another. */
    private void answer(ChannelHandlerContext context, FullHttpRequest request) {
        InetSocketAddress peer =
                context.channel().remoteAddress() instanceof InetSocketAddress address
                        ? address
                        : NOWHERE;
        Runnable work =
                () -> {
                    if (device.firmware().provisioned()) {
                        responder
                                .answer(request, peer)
                                .whenComplete(
                                        (response, failure) ->
                                                onLoop(
                                                        context,
                                                        () ->
                                                                answered(
                                                                        context, request,
                                                                        response)));
                    } else {
                        onLoop(context, () -> fallSilent(context, request));
                    }
                };
        if (device.loop().inEventLoop()) {
            work.run();
        } else {
            device.loop().execute(work);
        }
    }

    /** A device that is set up no more answers nobody, on no connection. */
    private void fallSilent(ChannelHandlerContext context, FullHttpRequest request) {
        requestsLeft = 0;
        request.release();
        context.close();
    }

    private static void onLoop(ChannelHandlerContext context, Runnable work) {
        if (context.executor().inEventLoop()) {
            work.run();
        } else {
            context.executor().execute(work);
        }
    }

    private void answered(
            ChannelHandlerContext context, FullHttpRequest request, AmtResponder.Answer answer) {
        switch (answer.fault()) {
            case NEVER -> {
                // stays busy: nothing more is read, and nothing is ever said
                request.release();
                answer.response().release();
            }
            case TRUNCATED -> {
                requestsLeft = 0;
                request.release();
                AmtHeaders.finish(answer.response(), device.serverHeader());
                TruncatedResponse.write(context, answer.response());
            }
            default -> {
                long delay = answer.delay().toMillis();
                if (delay == 0) {
                    finish(context, request, answer);
                } else {
                    context.executor()
                            .schedule(
                                    () -> finish(context, request, answer),
                                    delay,
                                    TimeUnit.MILLISECONDS);
                }
            }
        }
    }

    private void finish(
            ChannelHandlerContext context, FullHttpRequest request, AmtResponder.Answer answer) {
        if (answer.fault() == FaultSource.Answer.CHUNKED) {
            HttpUtil.setTransferEncodingChunked(answer.response(), true);
        }
        respond(context, request, answer.response());
    }

    private void respond(
            ChannelHandlerContext context, FullHttpRequest request, FullHttpResponse response) {
        boolean keepAlive = requestsLeft > 0 && HttpUtil.isKeepAlive(request);
        boolean isKeepAliveDefault = request.protocolVersion().isKeepAliveDefault();
        request.release();
        AmtHeaders.finish(response, device.serverHeader());
        if (!keepAlive) {
            response.headers().set(AmtHeaders.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (!isKeepAliveDefault) {
            response.headers().set(AmtHeaders.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        ChannelFuture written = context.writeAndFlush(response);
        if (!keepAlive) {
            // what is pipelined behind the last request is not answered
            requestsLeft = 0;
            context.channel().config().setAutoRead(false);
            written.addListener(ChannelFutureListener.CLOSE);
            return;
        }
        busy = false;
        next(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (requestsLeft > 0 && !busy) {
            context.channel().config().setAutoRead(context.channel().isWritable());
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            // AMT closes idle connections without a word (wsman.md §1.2)
            if (!busy) {
                context.close();
            }
            return;
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        requestsLeft = 0;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
