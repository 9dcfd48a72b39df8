package org.outpost.gateway.tunnel;

import static org.outpost.gateway.route.Resolution.Ambiguous;
import static org.outpost.gateway.route.Resolution.Candidate;
import static org.outpost.gateway.route.Resolution.NotAllowed;
import static org.outpost.gateway.route.Resolution.Offline;
import static org.outpost.gateway.route.Resolution.Reachable;
import static org.outpost.gateway.route.Resolution.Unknown;

import io.netty.util.NetUtil;

import org.outpost.gateway.route.Console;
import org.outpost.gateway.route.Directory;
import org.outpost.gateway.route.Resolution;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * Finds devices by UUID, announced name or announced address, first among the open tunnels, then
 * among all that are known.
 *
 * <p>Names are claims. When several devices claim the one that was asked for, the answer is {@link
 * Ambiguous}, with one exception: a connected device is preferred to offline ones that use the same
 * credential, since that is a PC that was replaced or set up anew. A device with another credential
 * can so never draw the traffic of an offline one to itself.
 */
final class TunnelDirectory implements Directory {
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final TunnelRegistry registry;
    private final DeviceRegister register;

    TunnelDirectory(TunnelRegistry registry, DeviceRegister register) {
        this.registry = registry;
        this.register = register;
    }

    @Override
    public CompletionStage<Resolution> resolve(String target, Console asker) {
        if (UUID_TEXT.matcher(target).matches()) {
            Tunnel tunnel = registry.ofDevice(UUID.fromString(target));
            return tunnel != null
                    ? CompletableFuture.completedFuture(reachable(tunnel))
                    : among(Set.of(), target);
        }
        if (AnnouncedName.isAddress(target)) {
            return CompletableFuture.completedFuture(byAddress(target));
        }
        String key = AnnouncedName.key(target);
        // Whole names have a first label too: one who calls itself "pc1" draws nothing from a pc1.…
        boolean label = key.indexOf('.') < 0;
        return among(label ? registry.withFirstLabel(key) : registry.named(key), target);
    }

    private Resolution byAddress(String address) {
        List<Tunnel> announced = current(registry.withAnnouncedAddress(canonical(address)));
        return switch (announced.size()) {
            case 0 ->
                    new NotAllowed(
                            "No device announced this address, and routes into the local network"
                                    + " are off; use the device's name or UUID.");
            case 1 -> reachable(announced.getFirst());
            default -> new Ambiguous(announced.stream().map(TunnelDirectory::candidate).toList());
        };
    }

    /** Without those that a newer tunnel of the same device replaced and that are still closing. */
    private List<Tunnel> current(Collection<Tunnel> tunnels) {
        return tunnels.stream()
                .filter(tunnel -> registry.ofDevice(tunnel.device().id()) == tunnel)
                .toList();
    }

    static String canonical(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes == null ? address : NetUtil.bytesToIpAddress(bytes);
    }

    private CompletionStage<Resolution> among(Set<Tunnel> connected, String target) {
        List<Tunnel> open = current(connected);
        return register.find(target)
                .handle(
                        (known, failure) -> {
                            if (failure == null) {
                                return choose(open, known);
                            }
                            if (open.isEmpty()) {
                                throw new IllegalStateException(
                                        "the register of devices cannot be read", failure);
                            }
                            // What is connected needs no database.
                            return choose(open, List.of());
                        });
    }

    private Resolution choose(List<Tunnel> open, List<KnownDevice> known) {
        Map<UUID, Candidate> candidates = new LinkedHashMap<>();
        for (Tunnel tunnel : open) {
            candidates.put(tunnel.device().id(), candidate(tunnel));
        }
        List<KnownDevice> others = new ArrayList<>();
        List<Tunnel> connected = new ArrayList<>(open);
        for (KnownDevice device : known) {
            UUID id = device.key().id();
            if (candidates.containsKey(id)) {
                continue;
            }
            Tunnel tunnel = registry.ofDevice(id);
            if (tunnel != null && claims(tunnel, device)) {
                connected.add(tunnel);
                candidates.put(id, candidate(tunnel));
            } else if (tunnel == null) {
                others.add(device);
                candidates.put(id, new Candidate(id, device.name(), false));
            }
        }
        if (candidates.isEmpty()) {
            return new Unknown();
        }
        if (connected.size() == 1 && sameCredential(connected.getFirst(), others)) {
            return reachable(connected.getFirst());
        }
        if (candidates.size() == 1) {
            KnownDevice only = others.getFirst();
            return new Offline(only.key().id(), only.name());
        }
        return new Ambiguous(List.copyOf(candidates.values()));
    }

    /** A device that is connected under another name than the one it had has given that one up. */
    private static boolean claims(Tunnel tunnel, KnownDevice device) {
        return tunnel.name().isEmpty()
                || AnnouncedName.key(tunnel.name()).equals(AnnouncedName.key(device.name()));
    }

    private static boolean sameCredential(Tunnel tunnel, List<KnownDevice> others) {
        return others.stream().allMatch(other -> other.principal().equals(tunnel.principal()));
    }

    private static Resolution reachable(Tunnel tunnel) {
        return new Reachable(tunnel.device().id(), tunnel.name(), tunnel);
    }

    private static Candidate candidate(Tunnel tunnel) {
        return new Candidate(tunnel.device().id(), tunnel.name(), true);
    }
}
