package org.outpost.gateway.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.channel.ApfChannelOption;
import org.outpost.gateway.channel.Load;
import org.outpost.gateway.channel.Means;
import org.outpost.gateway.door.Destination;
import org.outpost.gateway.route.Console;
import org.outpost.gateway.route.Route;
import org.outpost.gateway.splice.EndedChannel;
import org.outpost.gateway.splice.Splice;
import org.outpost.gateway.traffic.ByteTally;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * One console connection's channel to a device's web port. It serves this connection alone, one
 * request after the other. Its events come to the console's event loop, a batch of the answer at a
 * time; the next batch is read when the owner asks for it.
 */
final class DeviceConnection extends ChannelInboundHandlerAdapter {
    private final Channel console;
    private final Route route;
    private final Destination destination;
    private final ProxySettings settings;
    private final Listener listener;
    private final Supplier<Splice> splices;
    private final ByteTally bytes = new ByteTally();
    private volatile @Nullable ChannelHandlerContext context;

    // The rest belongs to the device's event loop.
    private List<HttpObject> batch = new ArrayList<>();
    private boolean upgradeAsked;
    private boolean requestSent;
    private boolean switching;

    /** Hears what the device does, on the console's event loop. */
    interface Listener {
        /** The parts were taken, or could not be written. */
        void onSent(DeviceConnection device, boolean success);

        /**
         * The channel had closed before the request's head; the device saw nothing of it. Takes the
         * parts over.
         */
        void onNotSent(DeviceConnection device, List<HttpContent> parts);

        /** The next part of an answer. Takes the objects over. */
        void onResponse(DeviceConnection device, List<HttpObject> batch);

        /**
         * The device switched protocols as it was asked to: the answer, and what joins the two
         * channels from now on.
         */
        void onSwitched(DeviceConnection device, HttpResponse response, Splice splice);

        /** The device's channel is gone. */
        void onDeviceClosed(DeviceConnection device);
    }

    DeviceConnection(
            Channel console,
            Route route,
            Destination destination,
            ProxySettings settings,
            Listener listener,
            Supplier<Splice> splices) {
        this.console = console;
        this.route = route;
        this.destination = destination;
        this.settings = settings;
        this.listener = listener;
        this.splices = splices;
    }

    /** What makes a new channel to a device this one's. */
    Load load() {
        return new Load(Means.HTTP, initializer(), bytes, Channel::close);
    }

    private ChannelHandler initializer() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.config().setAutoRead(false);
                channel.pipeline()
                        .addLast(
                                bytes,
                                new HttpClientCodec(
                                        settings.maxLine(),
                                        settings.maxFields(),
                                        ProxySettings.CHUNK),
                                DeviceConnection.this);
            }
        };
    }

    // For the owner, on the console's event loop.

    /**
     * Whether it can carry a request: by the same route to the same port, of the same user (what
     * the directory showed to one it need not show to another).
     */
    boolean serves(Route other, int port, Console asker) {
        ChannelHandlerContext ctx = context;
        return ctx != null
                && ctx.channel().isActive()
                && route == other
                && destination.port() == port
                && destination.console().equals(asker);
    }

    /** Sends parts of a request; with its head when that is not null. */
    void send(@Nullable HttpRequest head, List<HttpContent> parts) {
        ChannelHandlerContext ctx = context();
        try {
            ctx.executor().execute(() -> write(ctx, head, parts));
        } catch (RejectedExecutionException e) {
            parts.forEach(ReferenceCountUtil::release);
        }
    }

    /** Asks for the next batch of the answer. */
    void read() {
        context().read();
    }

    void close() {
        context().close();
    }

    /** Whether the channel may be closed in favour of one that waits. */
    void setIdle(boolean idle) {
        context()
                .channel()
                .config()
                .setOption(ApfChannelOption.RECLAIM_AFTER_IDLE_MILLIS, idle ? 0L : -1L);
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("not connected");
        }
        return ctx;
    }

    // On the device's event loop.

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    private void write(
            ChannelHandlerContext ctx, @Nullable HttpRequest head, List<HttpContent> parts) {
        if (!ctx.channel().isActive()) {
            if (head != null) {
                toConsole(() -> listener.onNotSent(this, parts), parts);
            } else {
                parts.forEach(ReferenceCountUtil::release);
                toConsole(() -> listener.onSent(this, false), List.of());
            }
            return;
        }
        ChannelFuture last = ctx.newSucceededFuture();
        if (head != null) {
            upgradeAsked = head.headers().contains(HttpHeaderNames.UPGRADE);
            requestSent = false;
            last = ctx.write(head);
        }
        for (HttpContent part : parts) {
            requestSent = part instanceof LastHttpContent;
            last = ctx.write(part);
        }
        ctx.flush();
        last.addListener(
                written -> {
                    if (!written.isSuccess() && !EndedChannel.saidBy(written.cause())) {
                        ctx.close();
                    }
                    boolean success = written.isSuccess();
                    toConsole(() -> listener.onSent(this, success), List.of());
                });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof HttpObject object)) {
            ReferenceCountUtil.release(msg);
            return;
        }
        batch.add(object);
        if (object instanceof HttpResponse response) {
            switching =
                    upgradeAsked
                            && requestSent
                            && response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
        } else if (switching && object instanceof LastHttpContent) {
            switchProtocols(ctx);
        }
    }

    private void switchProtocols(ChannelHandlerContext ctx) {
        Splice splice = splices.get();
        List<HttpObject> before = takeBatch();
        ReferenceCountUtil.release(before.removeLast());
        HttpResponse response = (HttpResponse) before.removeLast();
        ctx.pipeline().addLast(splice.deviceEnd());
        ctx.pipeline().remove(this);
        // What the codec still holds goes to the splice.
        ctx.pipeline().remove(HttpClientCodec.class);
        toConsole(
                () -> {
                    if (!before.isEmpty()) {
                        listener.onResponse(this, before);
                    }
                    listener.onSwitched(this, response, splice);
                },
                before);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (batch.isEmpty()) {
            // An unfinished head or chunk: its rest has to come before anything can be handed over.
            ctx.read();
            return;
        }
        List<HttpObject> ready = takeBatch();
        toConsole(() -> listener.onResponse(this, ready), ready);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        List<HttpObject> rest = takeBatch();
        toConsole(
                () -> {
                    if (!rest.isEmpty()) {
                        listener.onResponse(this, rest);
                    }
                    listener.onDeviceClosed(this);
                },
                rest);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private List<HttpObject> takeBatch() {
        List<HttpObject> taken = batch;
        batch = new ArrayList<>();
        return taken;
    }

    private void toConsole(Runnable task, Collection<? extends HttpObject> carried) {
        try {
            console.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // The server has stopped; nobody is there to take them.
            carried.forEach(ReferenceCountUtil::release);
        }
    }
}
