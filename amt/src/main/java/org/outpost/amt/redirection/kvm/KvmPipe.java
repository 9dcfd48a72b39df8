package org.outpost.amt.redirection.kvm;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;

import org.outpost.amt.redirection.RedirectionChannel;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.codec.MessageDecoder;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Opens KVM on a signed-in channel (redirection.md §4.1). */
public final class KvmPipe {
    private KvmPipe() {}

    /**
     * Opens KVM. From then on the channel carries RFB both ways, the device speaking first.
     *
     * @param next takes what comes from then on: the device's first bytes may arrive together with
     *     its reply
     * @return the channel, completed on its loop; or failed with a {@link
     *     org.outpost.amt.redirection.RedirectionException}, the channel being closed then
     */
    public static CompletableFuture<Channel> open(
            RedirectionChannel signedIn, ChannelHandler... next) {
        if (signedIn.kind() != RedirectionKind.KVM) {
            throw new IllegalArgumentException("the channel is for " + signedIn.kind());
        }
        MessageDecoder decoder = new MessageDecoder(new KvmFormat());
        KvmOpenHandler handler = new KvmOpenHandler(decoder);
        signedIn.handOver(
                handler::start,
                Stream.concat(Stream.of(decoder, handler), Stream.of(next))
                        .toArray(ChannelHandler[]::new));
        return handler.opened();
    }
}
