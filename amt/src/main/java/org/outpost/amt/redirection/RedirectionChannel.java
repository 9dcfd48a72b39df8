package org.outpost.amt.redirection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;

import org.outpost.amt.redirection.message.SessionMessage.StartSessionReply;

/**
 * A signed-in channel to a device on which the protocol of its kind has not begun. It reads nothing
 * ({@code autoRead} is off) until somebody takes it over.
 *
 * @param kind what it is for
 * @param channel to the device
 * @param reply what the device said when the session started
 */
public record RedirectionChannel(RedirectionKind kind, Channel channel, StartSessionReply reply) {
    /** Name of the first handler of the sign-in; TLS, where there is, is before it. */
    static final String DECODER = "redirection-decoder";

    static final String ENCODER = "redirection-encoder";
    static final String SIGN_IN = "redirection-sign-in";

    /**
     * Puts the handlers of the session in place of those of the sign-in. What was read already goes
     * to them. From any thread.
     *
     * @param start run on the channel's loop when nothing of the sign-in is left
     */
    public void handOver(Runnable start, ChannelHandler... handlers) {
        if (!channel.eventLoop().inEventLoop()) {
            channel.eventLoop().execute(() -> handOver(start, handlers));
            return;
        }
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(handlers);
        ChannelHandlerContext signIn = pipeline.context(SIGN_IN);
        if (signIn != null) {
            pipeline.remove(SIGN_IN);
            pipeline.remove(ENCODER);
            // last, since what it holds unread goes on to the handlers behind it
            pipeline.remove(DECODER);
        }
        start.run();
    }
}
