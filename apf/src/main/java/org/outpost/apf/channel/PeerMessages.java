package org.outpost.apf.channel;

import static org.outpost.apf.message.OpenFailureReason.CONNECT_FAILED;
import static org.outpost.apf.message.OpenFailureReason.RESOURCE_SHORTAGE;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.message.ChannelClose;
import org.outpost.apf.message.ChannelData;
import org.outpost.apf.message.ChannelMessage;
import org.outpost.apf.message.ChannelOpen;
import org.outpost.apf.message.ChannelOpenConfirmation;
import org.outpost.apf.message.ChannelOpenFailure;
import org.outpost.apf.message.ChannelWindowAdjust;

import java.util.ArrayList;
import java.util.List;

/** What the peer says about channels, and what becomes of it. Only the tunnel's loop uses it. */
final class PeerMessages {
    private final ApfMultiplexer multiplexer;
    private final Channel tunnel;
    private final MultiplexerSettings settings;
    private final ChannelAcceptor acceptor;
    private final MultiplexerListener listener;
    private final RoundTrip roundTrip;
    private final LinkTable links;
    private final ChannelOpener opener;
    private final TunnelTraffic traffic;
    private final List<ApfChannel> touched = new ArrayList<>();
    private int undecided;

    PeerMessages(
            ApfMultiplexer multiplexer,
            Channel tunnel,
            MultiplexerSettings settings,
            ChannelAcceptor acceptor,
            MultiplexerListener listener,
            RoundTrip roundTrip,
            LinkTable links,
            ChannelOpener opener,
            TunnelTraffic traffic) {
        this.multiplexer = multiplexer;
        this.tunnel = tunnel;
        this.settings = settings;
        this.acceptor = acceptor;
        this.listener = listener;
        this.roundTrip = roundTrip;
        this.links = links;
        this.opener = opener;
        this.traffic = traffic;
    }

    void on(ChannelMessage message) {
        switch (message) {
            case ChannelData data -> onData(data);
            case ChannelWindowAdjust adjust -> onWindowAdjust(adjust);
            case ChannelOpen open -> onOpen(open);
            case ChannelOpenConfirmation confirmation -> onConfirmation(confirmation);
            case ChannelOpenFailure failure -> onFailure(failure);
            case ChannelClose close -> onClose(close);
        }
    }

    /** The read batch is over: channels hand on what they got. */
    void deliver() {
        // By index: what a delivery causes may touch further channels.
        for (int i = 0; i < touched.size(); i++) {
            ApfChannel channel = touched.get(i);
            channel.touched = false;
            channel.deliver();
        }
        touched.clear();
    }

    private void onData(ChannelData data) {
        ByteBuf payload = data.content();
        int bytes = payload.readableBytes();
        Link link = links.get(data.recipientChannel());
        if (link == null || !(link.state instanceof LinkState.Open)) {
            // Data that crosses our CLOSE is normal; data for a number never given out is not.
            payload.release();
            if (link == null) {
                listener.unknownChannel(data.recipientChannel());
            }
            return;
        }
        traffic.received(bytes);
        if (!link.channel.receive(payload)) {
            listener.windowExceeded(link.address);
            link.channel.close();
            return;
        }
        touch(link.channel);
    }

    private void touch(ApfChannel channel) {
        if (!channel.touched) {
            channel.touched = true;
            touched.add(channel);
        }
    }

    private void onWindowAdjust(ChannelWindowAdjust adjust) {
        Link link = links.get(adjust.recipientChannel());
        if (link == null) {
            listener.unknownChannel(adjust.recipientChannel());
        } else if (link.state instanceof LinkState.Open open) {
            open.window().adjust(adjust.bytesToAdd());
            multiplexer.wantsToSend(link.channel);
        }
    }

    private void onOpen(ChannelOpen open) {
        OpenDecision decision =
                links.size() + undecided >= settings.maxChannels()
                        ? new OpenDecision.Refuse(RESOURCE_SHORTAGE)
                        : acceptor.decide(open);
        ApfAddress address =
                new ApfAddress(
                        open.channelType(),
                        open.address(),
                        open.port(),
                        open.originatorAddress(),
                        open.originatorPort());
        answer(open, address, decision);
    }

    private void answer(ChannelOpen open, ApfAddress address, OpenDecision decision) {
        switch (decision) {
            case OpenDecision.Later later -> {
                undecided++;
                later.answer()
                        .whenComplete(
                                (known, _) ->
                                        tunnel.eventLoop()
                                                .execute(() -> decided(open, address, known)));
            }
            case OpenDecision.Refuse refuse -> {
                listener.openRefused(address, refuse.reason().code());
                multiplexer.write(new ChannelOpenFailure(open.senderChannel(), refuse.reason()));
            }
            case OpenDecision.Accept accept -> accept(open, address, accept.handler());
        }
    }

    private void decided(ChannelOpen open, ApfAddress address, @Nullable OpenDecision known) {
        undecided--;
        if (tunnel.isActive()) {
            answer(open, address, known == null ? new OpenDecision.Refuse(CONNECT_FAILED) : known);
            multiplexer.flushUnlessReading();
        }
    }

    private void accept(ChannelOpen open, ApfAddress address, ChannelHandler handler) {
        ApfChannel channel = new ApfChannel(multiplexer, tunnel);
        channel.config()
                .setOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK, ApfMultiplexer.CHANNEL_WATER_MARK);
        LinkState.Open state =
                new LinkState.Opening()
                        .open(open.senderChannel(), new RemoteWindow(open.initialWindow()));
        Link link = new Link(channel, address, state);
        links.add(link);
        LocalWindow window = new LocalWindow(settings.windows(), multiplexer.nanoTime());
        channel.accepted(link, window);
        // The confirmation goes first: the handler may write as soon as it is registered.
        multiplexer.write(
                new ChannelOpenConfirmation(
                        open.senderChannel(), link.localChannel, window.size()));
        channel.pipeline().addLast(handler);
        tunnel.eventLoop().register(channel);
    }

    private void onConfirmation(ChannelOpenConfirmation confirmation) {
        Link link = links.get(confirmation.recipientChannel());
        if (link == null) {
            listener.unknownChannel(confirmation.recipientChannel());
            return;
        }
        switch (link.state) {
            case LinkState.Opening opening -> {
                roundTrip.measured(multiplexer.nanoTime() - link.openSentNanos);
                link.state =
                        opening.open(
                                confirmation.senderChannel(),
                                new RemoteWindow(confirmation.initialWindow()));
                link.channel.opened();
                opener.accepted();
            }
            case LinkState.Abandoned abandoned -> {
                link.state = abandoned.closing();
                multiplexer.sendClose(confirmation.senderChannel());
            }
            default -> listener.unknownChannel(confirmation.recipientChannel());
        }
    }

    private void onFailure(ChannelOpenFailure failure) {
        Link link = links.get(failure.recipientChannel());
        if (link == null) {
            listener.unknownChannel(failure.recipientChannel());
            return;
        }
        switch (link.state) {
            case LinkState.Opening opening -> {
                links.remove(link);
                opener.refused(link, opening, failure.reason());
            }
            case LinkState.Abandoned _ -> multiplexer.remove(link);
            default -> listener.unknownChannel(failure.recipientChannel());
        }
    }

    private void onClose(ChannelClose close) {
        Link link = links.get(close.recipientChannel());
        if (link == null) {
            // A stale CLOSE, commonly of channel 0, is not answered (apf.md section 5).
            listener.unknownChannel(close.recipientChannel());
            return;
        }
        switch (link.state) {
            case LinkState.Open open -> {
                // Answered at once: firmware frees its slot only then (apf.md section 9, Q3).
                multiplexer.sendClose(open.remoteChannel());
                links.remove(link);
                link.channel.peerClosed();
                opener.openWaiting();
            }
            case LinkState.Closing _ -> multiplexer.remove(link);
            default -> listener.unknownChannel(close.recipientChannel());
        }
    }
}
