package org.outpost.apf.channel;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The channels of one tunnel that hold a number of ours. Only the tunnel's loop uses it. */
final class LinkTable {
    private final IntObjectMap<Link> links = new IntObjectHashMap<>();
    private final TunnelTraffic traffic;
    private final boolean reuseNumbers;
    private int next;

    LinkTable(boolean reuseNumbers, TunnelTraffic traffic) {
        this.reuseNumbers = reuseNumbers;
        this.traffic = traffic;
        this.next = reuseNumbers ? 0 : 1;
    }

    /** Gives the link a number that no other has. */
    void add(Link link) {
        if (reuseNumbers) {
            next = 0;
        }
        while (links.containsKey(next)) {
            next++;
        }
        link.localChannel = next++;
        links.put(link.localChannel, link);
        traffic.setOpenChannels(links.size());
    }

    @Nullable Link get(int number) {
        return links.get(number);
    }

    /** Takes the link's number back. */
    void remove(Link link) {
        link.state = new LinkState.Gone();
        Future<?> patience = link.patience;
        link.patience = null;
        if (patience != null) {
            patience.cancel(false);
        }
        links.remove(link.localChannel);
        traffic.setOpenChannels(links.size());
    }

    /** Takes all numbers back. */
    List<Link> removeAll() {
        List<Link> all = new ArrayList<>(links.values());
        all.forEach(this::remove);
        return all;
    }

    Collection<Link> all() {
        return links.values();
    }

    int size() {
        return links.size();
    }
}
