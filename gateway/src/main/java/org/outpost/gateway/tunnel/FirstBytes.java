package org.outpost.gateway.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.outpost.gateway.attempt.ClientHello;
import org.outpost.gateway.attempt.TlsAlert;

/**
 * Looks at what comes before TLS is agreed on, as TLS sees it: the offer, and an alert in clear.
 * Leaves the pipeline with the handshake's success.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {
    private final AttemptTrail trail;
    private boolean spoke;

    FirstBytes(AttemptTrail trail) {
        this.trail = trail;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof ByteBuf bytes) {
            if (spoke) {
                TlsAlert.peek(bytes).ifPresent(trail::alerted);
            } else {
                spoke = true;
                trail.spoke();
                ClientHello.peek(bytes).ifPresent(trail::offered);
            }
        }
        if (trail.isSecured()) {
            ctx.pipeline().remove(this);
        }
        ctx.fireChannelRead(msg);
    }
}
