package org.outpost.gateway.tunnel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A register in memory: first sight binds, names are kept. */
public final class FakeRegister implements DeviceRegister {
    private final Map<UUID, KnownDevice> devices = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<Admission> admit(Claim claim) {
        DeviceKey key = DeviceKey.of(claim.uuid(), claim.principal());
        KnownDevice fresh =
                new KnownDevice(
                        key,
                        claim.principal(),
                        "",
                        claim.time(),
                        claim.time(),
                        claim.address().getHostAddress());
        KnownDevice known = devices.putIfAbsent(key.id(), fresh);
        if (known != null && !known.principal().equals(claim.principal())) {
            return CompletableFuture.completedFuture(
                    new Admission.Refused(Admission.Cause.OTHER_BINDING));
        }
        return CompletableFuture.completedFuture(new Admission.Admitted(key, known == null, false));
    }

    @Override
    public void named(DeviceKey key, String name) {
        devices.computeIfPresent(
                key.id(),
                (_, d) ->
                        new KnownDevice(
                                d.key(),
                                d.principal(),
                                name,
                                d.firstSeen(),
                                d.lastSeen(),
                                d.address()));
    }

    @Override
    public void seen(DeviceKey key, Instant time) {}

    @Override
    public CompletionStage<Boolean> forget(UUID id) {
        return CompletableFuture.completedFuture(devices.remove(id) != null);
    }

    @Override
    public CompletionStage<List<KnownDevice>> find(String nameOrUuid) {
        String key = AnnouncedName.key(nameOrUuid);
        List<KnownDevice> found = new ArrayList<>();
        for (KnownDevice device : devices.values()) {
            String name = AnnouncedName.key(device.name());
            if (name.equals(key)
                    || AnnouncedName.firstLabel(name).equals(key)
                    || device.key().id().toString().equals(key)) {
                found.add(device);
            }
        }
        return CompletableFuture.completedFuture(found);
    }

    @Override
    public CompletionStage<Page> list(Query query) {
        return CompletableFuture.completedFuture(
                new Page(List.copyOf(devices.values()), devices.size()));
    }
}
