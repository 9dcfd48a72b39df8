package org.outpost.gateway.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;

import org.outpost.gateway.door.DeadlineHandler;
import org.outpost.gateway.door.LingeringClose;
import org.outpost.gateway.splice.Splice;

import java.time.Duration;

/**
 * A console's connection below its requests: the codec, the clock, and the ways it can end. Only
 * the console's event loop uses it.
 */
final class ConsoleLine {
    private final Channel channel;
    private final ProxySettings settings;
    private final DeadlineHandler clock;
    private final ProxyRequestDecoder decoder;
    private final ProxyResponseEncoder encoder = new ProxyResponseEncoder();

    /** Takes the connection over. The clock, which runs already, is the door's. */
    ConsoleLine(Channel channel, ProxySettings settings) {
        this.channel = channel;
        this.settings = settings;
        this.decoder = new ProxyRequestDecoder(settings.maxLine(), settings.maxFields());
        DeadlineHandler found = channel.pipeline().get(DeadlineHandler.class);
        if (found == null) {
            throw new IllegalStateException("not behind a door: there is no clock");
        }
        this.clock = found;
    }

    /** Puts HTTP into the pipeline. */
    void install(ChannelHandler http) {
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(decoder, encoder, http);
    }

    Channel channel() {
        return channel;
    }

    /** Starts the clock anew. */
    void expectWithin(Duration limit) {
        clock.start(limit);
    }

    void stopClock() {
        clock.stop();
    }

    /** Tells the encoder which request is answered from now on. */
    void answering(HttpMethod method) {
        encoder.answering(method);
    }

    ChannelFuture answer(FullHttpResponse response) {
        return channel.writeAndFlush(response);
    }

    void switchProtocols(HttpResponse response) {
        channel.write(ForwardedHead.switching(response));
        channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /** From here on the connection carries bytes, not HTTP. */
    void join(Splice splice, ChannelHandler http) {
        channel.pipeline().addLast(splice.consoleEnd());
        channel.pipeline().remove(http);
        channel.pipeline().remove(clock);
        channel.pipeline().remove(encoder);
        // What the decoder still holds goes to the splice.
        channel.pipeline().remove(decoder);
        splice.begin();
    }

    /** If a CONNECT was refused, what came behind it is HTTP; {@code then} runs when it is read. */
    void readOn(Runnable then) {
        if (decoder.isHolding()) {
            // Not at once: the decoder may be below us on the stack.
            channel.eventLoop().execute(() -> resumeDecoder(then));
        }
    }

    private void resumeDecoder(Runnable then) {
        ChannelHandlerContext at = channel.pipeline().context(decoder);
        if (at == null) {
            return;
        }
        try {
            decoder.resume(at);
        } catch (Exception e) {
            at.fireExceptionCaught(e);
        }
        then.run();
    }

    /** Closes so that the answer arrives, also when the console still sends. */
    void closeAfter(ChannelFuture answer) {
        // The console may be slow to take the answer, but not for ever.
        clock.start(settings.idleTimeout());
        answer.addListener(written -> LingeringClose.after(answer));
    }

    /** Closes at once, but lets the answer that was handed over arrive. */
    void closeAfterAnswer() {
        closeAfter(channel.newSucceededFuture());
    }

    /** Closes when the console has taken what is written. */
    void close() {
        clock.start(settings.discardTimeout());
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Closes so that it cannot be taken for an orderly end. */
    void reset() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        // Past TLS, whose close_notify would say that this was all.
        channel.unsafe().close(channel.newPromise());
    }

    /** Closes whatever is still unwritten. */
    void cut() {
        channel.close();
    }
}
