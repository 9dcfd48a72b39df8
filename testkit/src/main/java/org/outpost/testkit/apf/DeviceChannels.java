package org.outpost.testkit.apf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** The channels of a device peer and its answers to everything a server sends in a session. */
final class DeviceChannels {
    private final DeviceManners manners;
    private final Function<WireMessage.ChannelOpen, ChannelService> services;
    private final IntPredicate announced;
    private final Consumer<byte[]> out;
    private final Map<Long, DeviceChannel> channels = new HashMap<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicInteger opens = new AtomicInteger();
    private final AtomicInteger live = new AtomicInteger();

    DeviceChannels(
            DeviceManners manners,
            Function<WireMessage.ChannelOpen, ChannelService> services,
            IntPredicate announced,
            Consumer<byte[]> out) {
        this.manners = manners;
        this.services = services;
        this.announced = announced;
        this.out = out;
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    int opens() {
        return opens.get();
    }

    int live() {
        return live.get();
    }

    void on(WireMessage message) {
        switch (message) {
            case WireMessage.ChannelOpen open -> open(open);
            case WireMessage.ChannelData data -> data(data);
            case WireMessage.ChannelWindowAdjust adjust -> {
                DeviceChannel channel = channels.get(adjust.recipient());
                if (channel != null) {
                    channel.adjust(adjust.add());
                }
            }
            case WireMessage.ChannelClose close -> close(close.recipient());
            case WireMessage.KeepAliveRequest request when manners.answersKeepAlive() ->
                    out.accept(ApfBytes.keepAliveReply(request.cookie()));
            case WireMessage.KeepAliveOptionsRequest options when manners.answersOptions() ->
                    out.accept(
                            ApfBytes.keepAliveOptionsReply(options.interval(), options.timeout()));
            case WireMessage.Undecodable bad -> violations.add("cannot be read: " + bad);
            default -> {
                // replies to our own requests
            }
        }
    }

    private void open(WireMessage.ChannelOpen open) {
        int number = opens.incrementAndGet();
        if (number <= manners.refusedOpens()) {
            refuse(open, manners.refusalReason());
        } else if (!open.type().equals("forwarded-tcpip")) {
            violations.add("opened a channel of type " + open.type());
            refuse(open, 3);
        } else if (!announced.test(Math.toIntExact(open.port()))) {
            violations.add("opened port " + open.port() + ", which is not announced");
            refuse(open, 1);
        } else if (channels.size() >= manners.channels()) {
            refuse(open, 4);
        } else {
            accept(open);
        }
    }

    private void refuse(WireMessage.ChannelOpen open, int reason) {
        out.accept(ApfBytes.channelOpenFailure(open.sender(), reason));
    }

    private void accept(WireMessage.ChannelOpen open) {
        long id = 0;
        while (channels.containsKey(id)) {
            id++;
        }
        DeviceChannel channel = new DeviceChannel(manners, services.apply(open), open, out);
        channels.put(id, channel);
        live.incrementAndGet();
        out.accept(ApfBytes.channelOpenConfirmation(open.sender(), id, manners.window()));
        channel.opened();
    }

    private void data(WireMessage.ChannelData data) {
        DeviceChannel channel = channels.get(data.recipient());
        if (channel == null) {
            violations.add("data for channel %d, which is not open".formatted(data.recipient()));
        } else if (!channel.data(data.data().bytes())) {
            violations.add("data beyond the window of channel " + data.recipient());
        }
    }

    private void close(long id) {
        DeviceChannel channel = channels.get(id);
        if (channel == null) {
            violations.add("close of channel %d, which is not open".formatted(id));
        } else if (manners.answersClose()) {
            channels.remove(id);
            live.decrementAndGet();
            channel.close();
        }
    }
}
