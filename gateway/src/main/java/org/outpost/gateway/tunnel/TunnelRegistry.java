package org.outpost.gateway.tunnel;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.message.DisconnectReason;
import org.outpost.gateway.traffic.Sampled;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tunnels that are open now: presence is true because of them. The newest tunnel of a device
 * wins; whatever an older one does later is compared by identity, never by device (apf.md section
 * 3.5). Thread-safe.
 */
final class TunnelRegistry implements Presence, Sampled {
    private final Map<UUID, Tunnel> byDevice = new ConcurrentHashMap<>();
    private final Map<Long, Tunnel> byNumber = new ConcurrentHashMap<>();
    private final NameIndex byName = new NameIndex();
    private final NameIndex byFirstLabel = new NameIndex();
    private final NameIndex byAnnouncedAddress = new NameIndex();
    private final PresenceListener listener;

    /**
     * Makes an empty registry.
     *
     * @param listener hears what changes, in the very order in which it changes here
     */
    TunnelRegistry(PresenceListener listener) {
        this.listener = listener;
    }

    int size() {
        return byDevice.size();
    }

    Collection<Tunnel> all() {
        return byDevice.values();
    }

    @Nullable Tunnel ofDevice(UUID device) {
        return byDevice.get(device);
    }

    Set<Tunnel> named(String nameKey) {
        return byName.get(nameKey);
    }

    Set<Tunnel> withFirstLabel(String label) {
        return byFirstLabel.get(label);
    }

    Set<Tunnel> withAnnouncedAddress(String address) {
        return byAnnouncedAddress.get(address);
    }

    /**
     * Adds a tunnel.
     *
     * @return the older tunnel of the same device that it replaces, or null
     */
    @Nullable Tunnel register(Tunnel tunnel) {
        byNumber.put(tunnel.id(), tunnel);
        @Nullable Tunnel[] replaced = {null};
        // Told inside the map's step, so that no other tunnel of the device comes between.
        byDevice.compute(
                tunnel.device().id(),
                (_, before) -> {
                    if (before != null) {
                        replaced[0] = before;
                        gone(before, DisconnectCause.REPLACED);
                    }
                    listener.connected(tunnel.connectedDevice());
                    return tunnel;
                });
        return replaced[0];
    }

    private void gone(Tunnel tunnel, DisconnectCause cause) {
        listener.disconnected(tunnel.connectedDevice(), tunnel.announced(), cause, Instant.now());
    }

    /** Its announcements have come to rest; nobody is told when a newer tunnel is there. */
    void settled(Tunnel tunnel) {
        byDevice.computeIfPresent(
                tunnel.device().id(),
                (_, now) -> {
                    if (now == tunnel) {
                        listener.settled(tunnel.connectedDevice(), tunnel.announced());
                    }
                    return now;
                });
    }

    /** Takes a tunnel out; does nothing to a newer one of the same device. */
    void remove(Tunnel tunnel, Set<String> addresses) {
        byDevice.computeIfPresent(
                tunnel.device().id(),
                (_, now) -> {
                    if (now != tunnel) {
                        return now;
                    }
                    gone(tunnel, tunnel.causeOfEnd());
                    return null;
                });
        byNumber.remove(tunnel.id(), tunnel);
        String name = tunnel.name();
        if (!name.isEmpty()) {
            unname(tunnel, AnnouncedName.key(name));
        }
        for (String address : addresses) {
            byAnnouncedAddress.remove(address, tunnel);
        }
    }

    void name(Tunnel tunnel, String announced) {
        String before = tunnel.name();
        if (before.equals(announced)) {
            return;
        }
        if (!before.isEmpty()) {
            unname(tunnel, AnnouncedName.key(before));
        }
        tunnel.setName(announced);
        String key = AnnouncedName.key(announced);
        byName.add(key, tunnel);
        byFirstLabel.add(AnnouncedName.firstLabel(key), tunnel);
    }

    private void unname(Tunnel tunnel, String key) {
        byName.remove(key, tunnel);
        byFirstLabel.remove(AnnouncedName.firstLabel(key), tunnel);
    }

    void announceAddress(Tunnel tunnel, String address) {
        byAnnouncedAddress.add(address, tunnel);
    }

    @Override
    public void sample(long nanos) {
        byNumber.values().forEach(tunnel -> tunnel.meter().sample(nanos));
    }

    @Override
    public List<TunnelInfo> tunnels() {
        return byNumber.values().stream()
                .sorted(Comparator.comparingLong(Tunnel::id))
                .map(Tunnel::info)
                .toList();
    }

    @Override
    public Optional<TunnelInfo> tunnel(long id) {
        return Optional.ofNullable(byNumber.get(id)).map(Tunnel::info);
    }

    @Override
    public Optional<TunnelInfo> tunnelOf(UUID device) {
        return Optional.ofNullable(byDevice.get(device)).map(Tunnel::info);
    }

    @Override
    public CompletionStage<Boolean> end(long id, DisconnectCause because) {
        Tunnel tunnel = byNumber.get(id);
        if (tunnel == null) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        tunnel.channel().closeFuture().addListener(_ -> gone.complete(true));
        tunnel.disconnect(because, DisconnectReason.BY_APPLICATION);
        return gone;
    }
}
