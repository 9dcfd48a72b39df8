package org.outpost.simulator.wsman.model;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The blocks of third-party data in a device's flash, and whose they are. */
final class DataStorage {
    /** Bytes for all applications together. */
    static final int CAPACITY = 192 * 1024;

    /** Most bytes of one read or write. */
    static final int LARGEST_IO = 4096;

    /** How long a session lives without a call. */
    static final Duration SESSION = Duration.ofMinutes(30);

    /** How long a lock holds. */
    static final Duration LOCK = Duration.ofMinutes(1);

    private static final int PAGE = 4096;
    private static final int MOST_APPLICATIONS = 31;

    /** Who an application says it is. */
    record Identity(String uuid, String enterprise, String vendor, String application) {}

    /** An application that has registered. */
    record Application(long handle, Identity identity) {
        boolean sharesVendor(Application other) {
            return identity.vendor().equals(other.identity.vendor())
                    && identity.enterprise().equals(other.identity.enterprise());
        }
    }

    private record Session(Application application, Instant lastUse) {}

    /** A block of data. Flash that was never written reads as FFh. */
    static final class Block {
        private final long handle;
        private final Application owner;
        private final String name;
        private final byte[] data;
        private boolean hidden;
        private @Nullable Application locker;
        private Instant lockEnd = Instant.EPOCH;

        private Block(long handle, Application owner, String name, int size, boolean hidden) {
            this.handle = handle;
            this.owner = owner;
            this.name = name;
            this.data = new byte[size];
            this.hidden = hidden;
            Arrays.fill(data, (byte) 0xFF);
        }

        long handle() {
            return handle;
        }

        String name() {
            return name;
        }

        int size() {
            return data.length;
        }

        boolean hidden() {
            return hidden;
        }

        void hide(boolean on) {
            hidden = on;
        }

        boolean ownedBy(Application application) {
            return owner.handle() == application.handle();
        }

        boolean visibleTo(Application application) {
            return ownedBy(application) || (!hidden && owner.sharesVendor(application));
        }

        boolean lockedAgainst(Application application, Instant now) {
            return locker != null
                    && locker.handle() != application.handle()
                    && now.isBefore(lockEnd);
        }

        boolean lock(Application application, Instant now) {
            if (lockedAgainst(application, now)) {
                return false;
            }
            locker = application;
            lockEnd = now.plus(LOCK);
            return true;
        }

        boolean unlock(Application application, Instant now) {
            if (lockedAgainst(application, now)) {
                return false;
            }
            locker = null;
            return true;
        }

        byte[] read(int offset, int count) {
            return Arrays.copyOfRange(
                    data, offset, (int) Math.min(data.length, (long) offset + count));
        }

        boolean write(int offset, byte[] bytes) {
            if ((long) offset + bytes.length > data.length) {
                return false;
            }
            System.arraycopy(bytes, 0, data, offset, bytes.length);
            return true;
        }
    }

    private final InstantSource clock;
    private final Map<Integer, String> enterprises = new TreeMap<>();
    private final Set<List<String>> partners = new LinkedHashSet<>();
    private final Map<Long, Application> applications = new LinkedHashMap<>();
    private final Map<Long, Session> sessions = new HashMap<>();
    private final Map<Long, Block> blocks = new LinkedHashMap<>();
    private long handles;

    DataStorage(InstantSource clock) {
        this.clock = clock;
    }

    boolean knowsEnterprise(String name) {
        return enterprises.containsValue(name);
    }

    int addEnterprise(String name) {
        int handle = (int) ++handles;
        enterprises.put(handle, name);
        return handle;
    }

    boolean removeEnterprise(int handle) {
        return enterprises.remove(handle) != null;
    }

    Map<Integer, String> enterprises() {
        return Collections.unmodifiableMap(enterprises);
    }

    int addPartner(String vendor, String application) {
        partners.add(List.of(vendor, application));
        return (int) ++handles;
    }

    boolean mayRegister(String vendor, String application) {
        return partners.contains(List.of(vendor, application));
    }

    /** The same identity gets the same application, and a new session. */
    long register(Identity identity) {
        Application application =
                applications.values().stream()
                        .filter(known -> known.identity().equals(identity))
                        .findFirst()
                        .orElseGet(() -> new Application(++handles, identity));
        if (applications.size() >= MOST_APPLICATIONS) {
            applications.values().stream()
                    .filter(known -> used(known) == 0 && !isActive(known))
                    .findFirst()
                    .ifPresent(this::remove);
        }
        applications.put(application.handle(), application);
        sessions.values()
                .removeIf(session -> session.application().handle() == application.handle());
        long session = ++handles;
        sessions.put(session, new Session(application, clock.instant()));
        return session;
    }

    /** Whose session that is; empty when it has ended. */
    Optional<Application> session(long handle) {
        Instant now = clock.instant();
        sessions.values().removeIf(session -> session.lastUse().plus(SESSION).isBefore(now));
        Session session = sessions.get(handle);
        if (session == null) {
            return Optional.empty();
        }
        sessions.put(handle, new Session(session.application(), now));
        return Optional.of(session.application());
    }

    void endSession(long handle) {
        sessions.remove(handle);
    }

    boolean isActive(Application application) {
        return sessions.values().stream()
                .anyMatch(session -> session.application().handle() == application.handle());
    }

    List<Long> handles() {
        return new ArrayList<>(applications.keySet());
    }

    List<Long> siblings(Application application) {
        return applications.values().stream()
                .filter(application::sharesVendor)
                .map(Application::handle)
                .toList();
    }

    Optional<Application> application(long handle) {
        return Optional.ofNullable(applications.get(handle));
    }

    void remove(Application application) {
        applications.remove(application.handle());
        blocks.values().removeIf(block -> block.ownedBy(application));
        sessions.values()
                .removeIf(session -> session.application().handle() == application.handle());
    }

    int used(Application application) {
        return blocks.values().stream()
                .filter(block -> block.ownedBy(application))
                .mapToInt(Block::size)
                .sum();
    }

    int available() {
        return CAPACITY - blocks.values().stream().mapToInt(Block::size).sum();
    }

    /** A block of whole pages; empty when there is no room. */
    Optional<Block> allocate(Application owner, int bytes, boolean hidden, String name) {
        long size = ((long) bytes + PAGE - 1) / PAGE * PAGE;
        if (size > available()) {
            return Optional.empty();
        }
        Block block = new Block(++handles, owner, name, (int) size, hidden);
        blocks.put(block.handle(), block);
        return Optional.of(block);
    }

    Optional<Block> block(long handle) {
        return Optional.ofNullable(blocks.get(handle));
    }

    List<Block> blocks(long owner) {
        return blocks.values().stream().filter(block -> block.owner.handle() == owner).toList();
    }

    void deallocate(Block block) {
        blocks.remove(block.handle());
    }
}
