package org.outpost.simulator.device;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

import org.outpost.apf.codec.ApfProtocolException;
import org.outpost.apf.message.Disconnect;
import org.outpost.apf.message.UserauthFailure;
import org.outpost.simulator.impairment.Ending;

/** Stands before the APF session and finds out why a tunnel ends. */
final class TunnelWatcher extends ChannelInboundHandlerAdapter {
    /** Told once, when the tunnel has ended. */
    interface Listener {
        void ended(TunnelEnd end, String detail);
    }

    private final Listener listener;
    private TunnelEnd end = TunnelEnd.LOST;
    private String detail = "the connection ended";
    private boolean known;
    private boolean told;

    TunnelWatcher(Listener listener) {
        this.listener = listener;
    }

    /** Notes a cause; the first one counts. */
    void note(TunnelEnd cause, String text) {
        if (!known) {
            known = true;
            end = cause;
            detail = text;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof UserauthFailure) {
            note(TunnelEnd.LOGIN_REFUSED, "the server refused user name or password");
        } else if (message instanceof Disconnect disconnect) {
            note(TunnelEnd.DISCONNECTED, "DISCONNECT with reason " + disconnect.reason());
        }
        context.fireChannelRead(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            note(TunnelEnd.TLS_FAILED, text(handshake.cause()));
        } else if (event instanceof Ending.Kind kind) {
            note(TunnelEnd.OWN, "mood: " + kind);
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof ApfProtocolException) {
            note(TunnelEnd.PROTOCOL_ERROR, text(cause));
            context.fireExceptionCaught(cause);
            return;
        }
        note(TunnelEnd.LOST, text(cause));
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        context.fireChannelInactive();
        tell();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        tell();
    }

    /** Tells the listener, if it was not told before. */
    void tell() {
        if (!told) {
            told = true;
            listener.ended(end, detail);
        }
    }

    /** What the innermost cause says. */
    static String text(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
