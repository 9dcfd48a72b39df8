package org.outpost.server.why;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.tunnel.DeviceRegister;
import org.outpost.gateway.tunnel.KnownDevice;
import org.outpost.gateway.tunnel.Presence;
import org.outpost.gateway.tunnel.TunnelInfo;
import org.outpost.inventory.attempt.AddressRange;
import org.outpost.inventory.attempt.AttemptEntry;
import org.outpost.inventory.attempt.AttemptLedger;
import org.outpost.inventory.attempt.AttemptQuery;

import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Puts together what the tunnels, the register and the ledger know, and words it. */
public final class Why {
    private static final int MOST_ENTRIES = 200;

    private final Presence presence;
    private final DeviceRegister register;
    private final AttemptLedger ledger;
    private final Supplier<Facts> facts;

    /**
     * Makes it.
     *
     * @param facts asked at each question: certificates change
     */
    public Why(
            Presence presence,
            DeviceRegister register,
            AttemptLedger ledger,
            Supplier<Facts> facts) {
        this.presence = presence;
        this.register = register;
        this.ledger = ledger;
        this.facts = facts;
    }

    /** What is known when the question is asked. */
    record Evidence(
            String target,
            @Nullable AddressRange range,
            List<KnownDevice> known,
            List<TunnelInfo> tunnels,
            List<AttemptEntry> entries,
            boolean registerSilent) {}

    /**
     * Answers.
     *
     * @param target a UUID, a name, an address or a range of addresses
     * @return completes when the register has answered or failed, never exceptionally for that
     */
    public CompletionStage<WhyAnswer> ask(String target) {
        AddressRange range = range(target);
        return register.find(target)
                .handle(
                        (known, failure) ->
                                new Wording(facts.get(), Instant.now(), ZoneId.systemDefault())
                                        .answer(
                                                evidence(
                                                        target,
                                                        range,
                                                        failure == null ? known : List.of(),
                                                        failure != null)));
    }

    private Evidence evidence(
            String target,
            @Nullable AddressRange range,
            List<KnownDevice> known,
            boolean registerSilent) {
        List<TunnelInfo> tunnels = tunnels(target, range, known);
        Set<AttemptEntry> entries = new LinkedHashSet<>();
        if (range == null) {
            Set<UUID> ids = ids(target, known, tunnels);
            entries.addAll(find(AttemptQuery.ALL.ofDevices(target, ids)));
            for (InetAddress home : homes(known, tunnels, List.copyOf(entries))) {
                // What comes from its address without a UUID is likely its own.
                find(AttemptQuery.ALL.from(of(home))).stream()
                        .filter(entry -> entry.device() == null)
                        .forEach(entries::add);
            }
        } else {
            entries.addAll(find(AttemptQuery.ALL.from(range)));
        }
        return new Evidence(target, range, known, tunnels, List.copyOf(entries), registerSilent);
    }

    private List<AttemptEntry> find(AttemptQuery query) {
        return ledger.find(query).entries().stream().limit(MOST_ENTRIES).toList();
    }

    private List<TunnelInfo> tunnels(
            String target, @Nullable AddressRange range, List<KnownDevice> known) {
        Set<UUID> ids = new HashSet<>();
        known.forEach(device -> ids.add(device.key().id()));
        UUID uuid = uuid(target);
        if (uuid != null) {
            ids.add(uuid);
        }
        return presence.tunnels().stream()
                .filter(
                        tunnel ->
                                range != null
                                        ? range.contains(tunnel.address().getAddress())
                                        : ids.contains(tunnel.device().id())
                                                || isCalled(tunnel.name(), target))
                .toList();
    }

    private static boolean isCalled(String name, String target) {
        String ours = key(name);
        String wanted = key(target);
        return !wanted.isEmpty()
                && (ours.equals(wanted)
                        || (wanted.indexOf('.') < 0 && ours.startsWith(wanted + ".")));
    }

    private static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static Set<UUID> ids(String target, List<KnownDevice> known, List<TunnelInfo> tunnels) {
        Set<UUID> ids = new HashSet<>();
        UUID uuid = uuid(target);
        if (uuid != null) {
            ids.add(uuid);
        }
        for (KnownDevice device : known) {
            ids.add(device.key().id());
            if (!device.key().isJunk()) {
                ids.add(device.key().announced());
            }
        }
        tunnels.forEach(tunnel -> ids.add(tunnel.device().id()));
        return ids;
    }

    /** Where the devices called from last. */
    private static List<InetAddress> homes(
            List<KnownDevice> known, List<TunnelInfo> tunnels, List<AttemptEntry> entries) {
        Set<InetAddress> homes = new LinkedHashSet<>();
        tunnels.forEach(tunnel -> homes.add(tunnel.address().getAddress()));
        entries.stream()
                .filter(AttemptEntry::admitted)
                .forEach(entry -> homes.add(entry.source().network()));
        for (KnownDevice device : known) {
            AddressRange address = range(device.address());
            if (address != null) {
                homes.add(address.network());
            }
        }
        return new ArrayList<>(homes).subList(0, Math.min(homes.size(), 16));
    }

    private static AddressRange of(InetAddress address) {
        return new AddressRange(address, address.getAddress().length * 8);
    }

    private static @Nullable AddressRange range(String text) {
        try {
            return AddressRange.parse(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
