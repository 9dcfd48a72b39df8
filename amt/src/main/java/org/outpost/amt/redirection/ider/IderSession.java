package org.outpost.amt.redirection.ider;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;

import org.outpost.amt.redirection.RedirectionChannel;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.codec.MessageDecoder;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Serves images as drives of a device (redirection.md §3). */
public final class IderSession {
    private final Channel channel;
    private final IderHandler handler;

    private IderSession(Channel channel, IderHandler handler) {
        this.channel = channel;
        this.handler = handler;
    }

    /**
     * Opens the session and attaches the drives.
     *
     * @param images of the drives that are not empty; the caller closes them after {@link
     *     IderListener#ended}
     * @param readers where files are read; its threads may block, its queue should be bounded
     * @return the session, completed on the channel's loop once the device has armed the drives; or
     *     failed with a {@link org.outpost.amt.redirection.RedirectionException}, the channel being
     *     closed then
     * @throws IllegalArgumentException when an image has not even one block
     */
    public static CompletableFuture<IderSession> open(
            RedirectionChannel signedIn,
            IderSettings settings,
            Map<DriveKind, DiskImage> images,
            Executor readers,
            IderListener listener) {
        if (signedIn.kind() != RedirectionKind.IDER) {
            throw new IllegalArgumentException("the channel is for " + signedIn.kind());
        }
        Channel channel = signedIn.channel();
        EventLoop loop = channel.eventLoop();
        Map<DriveKind, ReadAhead> media = new EnumMap<>(DriveKind.class);
        images.forEach(
                (kind, image) -> {
                    if (image.size() < kind.blockSize()) {
                        throw new IllegalArgumentException(
                                "an image of %d bytes for a %s: too short"
                                        .formatted(image.size(), kind));
                    }
                    media.put(
                            kind,
                            new ReadAhead(image, kind.blockSize(), channel.alloc(), loop, readers));
                });
        IderHandler handler = new IderHandler(settings, media, listener);
        signedIn.handOver(
                handler::start, new MessageDecoder(new IderFormat(handler::isOpen)), handler);
        return handler.opened().thenApply(done -> new IderSession(channel, handler));
    }

    /** What it has done so far. On any thread. */
    public IderStatistics statistics() {
        return handler.statistics();
    }

    /** Detaches the drives and ends the session. On any thread. */
    public void close() {
        channel.close();
    }

    /** The channel to the device. */
    public Channel channel() {
        return channel;
    }
}
