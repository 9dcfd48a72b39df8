package org.outpost.apf.channel;

import static org.outpost.apf.message.OpenFailureReason.ADMINISTRATIVELY_PROHIBITED;
import static org.outpost.apf.message.OpenFailureReason.CONNECT_FAILED;
import static org.outpost.apf.message.OpenFailureReason.RESOURCE_SHORTAGE;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Opens channels as the peer's few allow (apf.md section 9, Q1). What finds no room waits, in the
 * order it came. How much room there is gets learned: "resource shortage" lowers the cap to what is
 * open now, and from then on it rises by one after a pause, or at once when the peer says yes.
 */
final class ChannelOpener {
    private static final int LONGEST_PAUSE_DOUBLINGS = 5;

    private final MultiplexerSettings settings;
    private final MultiplexerListener listener;
    private final LinkTable links;
    private final EventLoop loop;
    private final Consumer<Link> sendOpen;
    private final IdleReclaimer reclaimer;
    private final PriorityQueue<Link> waiting =
            new PriorityQueue<>(Comparator.comparingLong((Link link) -> link.turn));
    private final Set<Link> pausing = new HashSet<>();
    private long turns;
    private int cap;
    private int shortages;
    private @Nullable Future<?> raise;
    private boolean ended;

    ChannelOpener(
            MultiplexerSettings settings,
            MultiplexerListener listener,
            LinkTable links,
            EventLoop loop,
            Consumer<Link> sendOpen) {
        this.settings = settings;
        this.listener = listener;
        this.links = links;
        this.loop = loop;
        this.sendOpen = sendOpen;
        this.reclaimer = new IdleReclaimer(links, loop, listener, this::openWaiting);
        this.cap = settings.maxChannels();
    }

    /** A channel wants to be opened. */
    void open(Link link) {
        if (ended) {
            link.channel.openFailed(new ClosedChannelException());
        } else if (waiting.size() + pausing.size() >= settings.maxWaiting()) {
            link.channel.openFailed(new ChannelOpenFailedException(RESOURCE_SHORTAGE.code()));
        } else {
            link.turn = turns++;
            waiting.add(link);
            openWaiting();
        }
    }

    /** A channel that was not opened yet is not wanted any more. */
    void forget(Link link) {
        waiting.remove(link);
        pausing.remove(link);
    }

    /** The peer accepted: perhaps it has room for one more. */
    void accepted() {
        shortages = 0;
        cap = Math.clamp(links.size() + 1, cap, settings.maxChannels());
        openWaiting();
    }

    /** The peer refused; the link holds no number any more. */
    void refused(Link link, LinkState.Opening state, int reason) {
        boolean shortage = reason == RESOURCE_SHORTAGE.code();
        boolean retry = mayRetry(link, reason, shortage);
        listener.openFailed(link.address, reason, retry);
        if (shortage) {
            learnShortage();
        }
        if (!retry) {
            link.channel.openFailed(new ChannelOpenFailedException(reason));
        } else if (shortage) {
            link.state = state.retry();
            waiting.add(link);
        } else {
            link.state = state.retry();
            pause(link);
        }
        openWaiting();
    }

    /**
     * Real firmware uses all three when it has no channel left (apf.md section 9, Q1 and Q25).
     * While channels of ours are open a shortage passes, so it is waited for as long as the caller
     * does.
     */
    private boolean mayRetry(Link link, int reason, boolean shortage) {
        boolean passing =
                shortage
                        || reason == ADMINISTRATIVELY_PROHIBITED.code()
                        || reason == CONNECT_FAILED.code();
        boolean again = link.attempts <= settings.openRetries() || (shortage && links.size() > 0);
        return passing && settings.openRetries() > 0 && again;
    }

    private void learnShortage() {
        cap = links.size();
        if (raise == null) {
            long delay =
                    settings.openRetryDelay().toMillis()
                            << Math.min(shortages++, LONGEST_PAUSE_DOUBLINGS);
            raise = loop.schedule(this::raiseCap, delay, TimeUnit.MILLISECONDS);
        }
    }

    private void raiseCap() {
        raise = null;
        cap = Math.clamp(links.size() + 1, cap, settings.maxChannels());
        openWaiting();
    }

    private void pause(Link link) {
        pausing.add(link);
        long delay =
                settings.openRetryDelay().toMillis()
                        << Math.min(link.attempts - 1, LONGEST_PAUSE_DOUBLINGS);
        loop.schedule(
                () -> {
                    if (pausing.remove(link)) {
                        waiting.add(link);
                        openWaiting();
                    }
                },
                delay,
                TimeUnit.MILLISECONDS);
    }

    /** Opens as many as there is room for, and makes room for the others where that can be. */
    void openWaiting() {
        while (links.size() < cap) {
            Link link = waiting.poll();
            if (link == null) {
                return;
            }
            if (link.state instanceof LinkState.Waiting state) {
                link.state = state.opening();
                link.attempts++;
                links.add(link);
                sendOpen.accept(link);
            }
        }
        if (!waiting.isEmpty()) {
            reclaimer.makeRoom(waiting.size());
        }
    }

    /** The tunnel is gone. */
    void end() {
        ended = true;
        List<Link> all = new ArrayList<>(waiting);
        all.addAll(pausing);
        waiting.clear();
        pausing.clear();
        Future<?> planned = raise;
        if (planned != null) {
            planned.cancel(false);
        }
        reclaimer.end();
        for (Link link : all) {
            link.state = new LinkState.Gone();
            link.channel.openFailed(new ClosedChannelException());
        }
    }
}
