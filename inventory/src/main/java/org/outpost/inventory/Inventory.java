package org.outpost.inventory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.jspecify.annotations.Nullable;
import org.outpost.database.Database;
import org.outpost.gateway.tunnel.Admission;
import org.outpost.gateway.tunnel.Admission.Cause;
import org.outpost.gateway.tunnel.Claim;
import org.outpost.gateway.tunnel.DeviceKey;
import org.outpost.gateway.tunnel.DeviceRegister;
import org.outpost.gateway.tunnel.KnownDevice;
import org.outpost.inventory.DeviceTable.Recording;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * The register of devices over the database.
 *
 * <p>A binding never changes, so every one that was read or made is kept in memory (all of them
 * from the start, up to half a million), and a device that comes back is admitted without a
 * question to the database. Only a first sight waits for a commit. When that fails or takes longer
 * than the deadline, the device is admitted on memory's word and recorded when the database is
 * back: a broken disk must not take devices out of reach.
 */
public final class Inventory implements DeviceRegister, AutoCloseable {
    /** Where Flyway finds this module's migrations. */
    public static final String MIGRATIONS = "classpath:org/outpost/inventory/migration";

    private static final Logger log = LoggerFactory.getLogger(Inventory.class);
    private static final int BINDINGS_IN_MEMORY = 500_000;
    private static final int UNRECORDED_AT_MOST = 20_000;
    private static final Pattern UUID_TEXT =
            Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final Database database;
    private final InventorySettings settings;
    private final Cache<UUID, Binding> bindings =
            Caffeine.newBuilder().maximumSize(BINDINGS_IN_MEMORY).build();
    private final Map<String, Long> devicesOf = new ConcurrentHashMap<>();
    private final Map<UUID, Claim> unrecorded = new ConcurrentHashMap<>();
    private final AtomicInteger recording = new AtomicInteger();
    private final AtomicBoolean databaseGone = new AtomicBoolean();
    private final Touches touches;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("outpost-inventory").daemon().factory());

    /**
     * Reads the bindings and starts to write signs of life. Blocks.
     *
     * @param database migrated with {@link #MIGRATIONS}; stays the caller's to close
     * @throws java.util.concurrent.CompletionException when the database cannot be read
     */
    public Inventory(Database database, InventorySettings settings) {
        this.database = database;
        this.settings = settings;
        this.touches = new Touches(database);
        database.read(
                        handle -> {
                            DeviceTable.bindings(handle, BINDINGS_IN_MEMORY, bindings::put);
                            DeviceTable.credentials(handle, devicesOf::put);
                            return true;
                        })
                .toCompletableFuture()
                .join();
        long millis = settings.flushInterval().toMillis();
        clock.scheduleWithFixedDelay(this::tick, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<Admission> admit(Claim claim) {
        DeviceKey key = DeviceKey.of(claim.uuid(), claim.principal());
        Binding known = bindings.getIfPresent(key.id());
        if (known != null) {
            return CompletableFuture.completedStage(byMemory(key, claim, known));
        }
        CompletionStage<Optional<Recording>> answer =
                settings.admitUnknown()
                        ? database.write(
                                handle ->
                                        Optional.of(
                                                DeviceTable.record(
                                                        handle,
                                                        key,
                                                        claim,
                                                        settings.devicesPerCredential())))
                        : database.read(handle -> DeviceTable.binding(handle, key.id()));
        return answer.toCompletableFuture()
                .copy()
                .orTimeout(settings.deadline().toMillis(), TimeUnit.MILLISECONDS)
                .handle(
                        (recording, failure) ->
                                failure == null
                                        ? byTable(key, claim, recording)
                                        : withoutDatabase(key, claim, failure));
    }

    private Admission byMemory(DeviceKey key, Claim claim, Binding known) {
        if (!known.principal().equals(claim.principal())) {
            return new Admission.Refused(Cause.OTHER_BINDING);
        }
        touches.add(key.id(), new Touch(claim.time(), claim.address().getHostAddress(), null));
        return new Admission.Admitted(key, false, isShared(known.principal()));
    }

    private Admission byTable(DeviceKey key, Claim claim, Optional<Recording> recording) {
        if (databaseGone.getAndSet(false)) {
            log.atInfo().log("the database answers about devices again");
        }
        return switch (recording.orElse(null)) {
            case null -> new Admission.Refused(Cause.UNKNOWN_DEVICE);
            case Recording.Full _ -> new Admission.Refused(Cause.CREDENTIAL_FULL);
            case Recording.Bound bound -> {
                Binding binding = remember(key, bound);
                yield bound.now()
                        ? new Admission.Admitted(key, true, bound.devices() > 1)
                        : byMemory(key, claim, binding);
            }
        };
    }

    private Binding remember(DeviceKey key, Recording.Bound bound) {
        devicesOf.merge(bound.principal(), bound.devices(), Math::max);
        Binding binding = new Binding(bound.principal(), bound.name());
        bindings.put(key.id(), binding);
        return binding;
    }

    private Admission withoutDatabase(DeviceKey key, Claim claim, Throwable failure) {
        // The database may have answered somebody else about the same device meanwhile.
        Binding known = bindings.getIfPresent(key.id());
        if (known != null) {
            return byMemory(key, claim, known);
        }
        // One line tells the operator; a storm of them would hide it.
        (databaseGone.getAndSet(true) ? log.atDebug() : log.atWarn())
                .addKeyValue("device", key.id())
                .addKeyValue("reason", failure.toString())
                .log("the database does not answer about devices; memory decides about them");
        if (!settings.admitUnknown() || unrecorded.size() >= UNRECORDED_AT_MOST) {
            return new Admission.Refused(Cause.REGISTER_UNAVAILABLE);
        }
        if (devicesOf.getOrDefault(claim.principal(), 0L) >= settings.devicesPerCredential()) {
            return new Admission.Refused(Cause.CREDENTIAL_FULL);
        }
        Binding mine = new Binding(claim.principal(), "");
        Binding first = bindings.asMap().putIfAbsent(key.id(), mine);
        if (first != null) {
            return byMemory(key, claim, first);
        }
        long devices = devicesOf.merge(claim.principal(), 1L, Long::sum);
        unrecorded.put(key.id(), claim);
        return new Admission.Admitted(key, true, devices > 1);
    }

    private boolean isShared(String principal) {
        return devicesOf.getOrDefault(principal, 1L) > 1;
    }

    @Override
    public void named(DeviceKey key, String name) {
        Binding known = bindings.getIfPresent(key.id());
        if (known != null && known.name().equals(name)) {
            return;
        }
        bindings.asMap().computeIfPresent(key.id(), (id, binding) -> binding.named(name));
        touches.add(key.id(), new Touch(null, null, name));
        touches.flushSoon();
    }

    @Override
    public void seen(DeviceKey key, Instant time) {
        touches.add(key.id(), new Touch(time, null, null));
    }

    @Override
    public CompletionStage<Boolean> forget(UUID id) {
        return database.write(handle -> DeviceTable.forget(handle, id))
                .thenApply(
                        principal -> {
                            Binding inMemory = bindings.asMap().remove(id);
                            boolean waited = unrecorded.remove(id) != null;
                            principal
                                    .or(
                                            () ->
                                                    Optional.ofNullable(waited ? inMemory : null)
                                                            .map(Binding::principal))
                                    .ifPresent(this::countDown);
                            return principal.isPresent() || inMemory != null;
                        });
    }

    private void countDown(String principal) {
        devicesOf.computeIfPresent(principal, (_, devices) -> Math.max(0, devices - 1));
    }

    @Override
    public CompletionStage<List<KnownDevice>> find(String nameOrUuid) {
        @Nullable UUID uuid =
                UUID_TEXT.matcher(nameOrUuid).matches() ? UUID.fromString(nameOrUuid) : null;
        return database.read(
                        handle ->
                                uuid == null
                                        ? DeviceTable.byName(handle, nameOrUuid)
                                        : DeviceTable.byUuid(handle, uuid))
                .toCompletableFuture()
                .orTimeout(settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<Page> list(Query query) {
        return database.read(handle -> DeviceTable.list(handle, query));
    }

    private void tick() {
        if (recording.get() == 0) {
            unrecorded.forEach(this::recordLate);
        }
        touches.flush();
    }

    private void recordLate(UUID id, Claim claim) {
        DeviceKey key = DeviceKey.of(claim.uuid(), claim.principal());
        recording.incrementAndGet();
        database.write(
                        handle ->
                                DeviceTable.record(
                                        handle, key, claim, settings.devicesPerCredential()))
                .whenComplete((done, failure) -> recording.decrementAndGet())
                .thenAccept(
                        recording -> {
                            if (!unrecorded.remove(id, claim)) {
                                return;
                            }
                            boolean kept =
                                    recording instanceof Recording.Bound bound
                                            && bound.principal().equals(claim.principal());
                            Binding binding = bindings.getIfPresent(id);
                            if (kept && binding != null && !binding.name().isEmpty()) {
                                // Its name came before its row.
                                touches.add(id, new Touch(null, null, binding.name()));
                            }
                            if (!kept) {
                                bindings.invalidate(id);
                                log.atWarn()
                                        .addKeyValue("device", id)
                                        .log(
                                                "a device that was admitted without the database"
                                                        + " has no place in it; its next call will"
                                                        + " be refused");
                            }
                        });
    }

    /** Writes what is pending. Blocks for at most some seconds. */
    @Override
    public void close() {
        clock.shutdownNow();
        tick();
        // A flush under way has taken its piece already: the writer keeps the order.
        database.write(handle -> true)
                .thenCompose(written -> touches.flush())
                .toCompletableFuture()
                .completeOnTimeout(null, 5, TimeUnit.SECONDS)
                .exceptionally(failure -> null)
                .join();
    }
}
