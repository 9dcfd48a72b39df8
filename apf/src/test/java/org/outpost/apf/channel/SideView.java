package org.outpost.apf.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.outpost.testkit.apf.WireMessage;

import java.util.HashMap;
import java.util.Map;

/**
 * What one side knows of a tunnel's channels, from the bytes alone, and what it may therefore say:
 * never more than its credit, one CLOSE for each channel, no number twice.
 */
final class SideView {
    private static final long MOST = 0xFFFF_FFFFL;

    private final String name;
    private final Map<Long, Known> channels = new HashMap<>();
    private final Map<Long, Long> asked = new HashMap<>();
    private long opens;
    private int most;

    SideView(String name) {
        this.name = name;
    }

    private static final class Known {
        private boolean open;
        private long peer;
        private long credit;
        private boolean sentClose;
        private boolean gotClose;
    }

    void sent(WireMessage message) {
        switch (message) {
            case WireMessage.ChannelOpen open -> {
                claim(open.sender());
                opens++;
            }
            case WireMessage.ChannelOpenConfirmation confirmation -> {
                Known channel = claim(confirmation.sender());
                Long window = asked.remove(confirmation.recipient());
                assertThat(window).as("%s confirms what was asked", name).isNotNull();
                confirmed(channel, confirmation.recipient(), window);
            }
            case WireMessage.ChannelOpenFailure failure ->
                    assertThat(asked.remove(failure.recipient()))
                            .as("%s refuses what was asked", name)
                            .isNotNull();
            case WireMessage.ChannelData data -> {
                Known channel = toPeer(data.recipient(), message);
                channel.credit -= data.data().size();
                assertThat(channel.credit)
                        .as("%s exceeds its credit: %s", name, data)
                        .isNotNegative();
            }
            case WireMessage.ChannelWindowAdjust adjust -> {
                toPeer(adjust.recipient(), message);
                assertThat(adjust.add()).as("%s grants nothing", name).isPositive();
            }
            case WireMessage.ChannelClose close -> {
                Known channel = toPeer(close.recipient(), message);
                channel.sentClose = true;
                freeIfClosed(channel);
            }
            default -> throw new AssertionError(name + " sent " + message);
        }
    }

    void got(WireMessage message) {
        switch (message) {
            case WireMessage.ChannelOpen open -> asked.put(open.sender(), open.window());
            case WireMessage.ChannelOpenConfirmation confirmation -> {
                Known channel = channels.get(confirmation.recipient());
                if (channel != null) {
                    confirmed(channel, confirmation.sender(), confirmation.window());
                }
            }
            case WireMessage.ChannelOpenFailure failure -> channels.remove(failure.recipient());
            case WireMessage.ChannelWindowAdjust adjust -> {
                Known channel = channels.get(adjust.recipient());
                if (channel != null) {
                    channel.credit = Math.min(MOST, channel.credit + adjust.add());
                }
            }
            case WireMessage.ChannelClose close -> {
                Known channel = channels.get(close.recipient());
                if (channel != null) {
                    channel.gotClose = true;
                    freeIfClosed(channel);
                }
            }
            default -> {
                // nothing that this side has to remember
            }
        }
    }

    private Known claim(long number) {
        Known channel = new Known();
        assertThat(channels.put(number, channel))
                .as("%s uses number %d twice", name, number)
                .isNull();
        most = Math.max(most, channels.size());
        return channel;
    }

    private static void confirmed(Known channel, long peer, @Nullable Long window) {
        channel.open = true;
        channel.peer = peer;
        channel.credit = window == null ? 0 : window;
    }

    /** The one channel that the peer knows under this number and that this side has not closed. */
    private Known toPeer(long number, WireMessage message) {
        for (Known channel : channels.values()) {
            if (channel.open && !channel.sentClose && channel.peer == number) {
                return channel;
            }
        }
        throw new AssertionError(name + " speaks of a channel that is not open: " + message);
    }

    private void freeIfClosed(Known channel) {
        if (channel.sentClose && channel.gotClose) {
            channels.values().remove(channel);
        }
    }

    /** How many numbers are in use. */
    int inUse() {
        return channels.size();
    }

    /** How many numbers were in use at once. */
    int most() {
        return most;
    }

    /** How many CHANNEL_OPEN went out. */
    long opens() {
        return opens;
    }

    void assertAllAnswered() {
        assertThat(asked).as("%s answers every open", name).isEmpty();
        assertThat(channels.values())
                .as("%s answers every close", name)
                .noneMatch(channel -> channel.gotClose && !channel.sentClose);
    }
}
