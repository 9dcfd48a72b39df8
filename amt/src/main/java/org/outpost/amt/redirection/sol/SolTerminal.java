package org.outpost.amt.redirection.sol;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;

import org.outpost.amt.redirection.RedirectionChannel;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.codec.MessageDecoder;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Turns a signed-in channel into a terminal (redirection.md §2). */
public final class SolTerminal {
    private SolTerminal() {}

    /**
     * Starts the session. From then on the channel carries bytes: reads of {@code ByteBuf} are what
     * the host prints, writes are keys; {@link SolEvent}s come as user events. {@code autoRead} is
     * off until the caller turns it on.
     *
     * @param next takes what comes: the first text may arrive together with the device's reply
     * @return the channel, completed on its loop; or failed with a {@link
     *     org.outpost.amt.redirection.RedirectionException}, the channel being closed then
     */
    public static CompletableFuture<Channel> open(
            RedirectionChannel signedIn, SolSettings settings, ChannelHandler... next) {
        if (signedIn.kind() != RedirectionKind.SOL) {
            throw new IllegalArgumentException("the channel is for " + signedIn.kind());
        }
        SolHandler handler = new SolHandler(settings);
        signedIn.handOver(
                handler::start,
                Stream.concat(
                                Stream.of(
                                        new MessageDecoder(new SolFormat(handler::isStarted)),
                                        new SolEncoder(),
                                        handler),
                                Stream.of(next))
                        .toArray(ChannelHandler[]::new));
        return handler.opened();
    }
}
