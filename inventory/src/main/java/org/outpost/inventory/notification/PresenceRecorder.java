package org.outpost.inventory.notification;

import io.netty.util.NetUtil;

import org.outpost.gateway.tunnel.Announced;
import org.outpost.gateway.tunnel.ConnectedDevice;
import org.outpost.gateway.tunnel.DisconnectCause;
import org.outpost.gateway.tunnel.PresenceListener;
import org.outpost.inventory.notification.Announcement.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Turns devices that come and go into events. That a device was accepted is written at once; its
 * event enters the log when its names and ports are known, or when the device reports something, or
 * when the tunnel ends, or after a restart with what was known. So each device that was accepted is
 * told, whatever happens to this process.
 *
 * <p>Devices that were connected when an earlier process ended without notice are told to be
 * disconnected when they return, just before their new connection, or when the time to return is
 * over.
 */
public final class PresenceRecorder implements PresenceListener {
    private static final Logger log = LoggerFactory.getLogger(PresenceRecorder.class);
    private static final Duration READ_DEADLINE = Duration.ofSeconds(30);

    private final EventLog events;
    private final Map<UUID, Announcement> open = new ConcurrentHashMap<>();
    private final Map<UUID, Announcement> missing = new ConcurrentHashMap<>();

    /**
     * Reads who was connected when the last process ended, and waits for them to return. Blocks.
     *
     * @param returnWithin how long they may take
     * @throws CompletionException when the database cannot be read
     */
    public PresenceRecorder(EventLog events, Duration returnWithin) {
        this.events = events;
        List<Announcement> left =
                events.database()
                        .read(EventTable::open)
                        .toCompletableFuture()
                        .orTimeout(READ_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
        for (Announcement one : left) {
            if (one.state() == State.ACCEPTED) {
                events.append(new Change(one.connection(), one.in(State.CONNECTED)));
            }
            missing.put(one.device(), one);
        }
        if (!left.isEmpty()) {
            log.atInfo()
                    .addKeyValue("devices", left.size())
                    .addKeyValue("returnWithin", returnWithin)
                    .log("devices were connected when the server ended without notice");
            events.clock().schedule(this::giveUp, returnWithin.toMillis(), TimeUnit.MILLISECONDS);
        }
        events.beforeAlerts(this::alerts);
    }

    private void giveUp() {
        int gone = 0;
        for (UUID device : List.copyOf(missing.keySet())) {
            Announcement before = missing.remove(device);
            if (before != null) {
                events.append(end(before, EventData.Presence.SERVER_LOST, before.data()));
                gone++;
            }
        }
        if (gone > 0) {
            log.atInfo()
                    .addKeyValue("devices", gone)
                    .log("devices did not return after the restart; they count as disconnected");
        }
    }

    @Override
    public void connected(ConnectedDevice device) {
        UUID id = device.key().id();
        Announcement now =
                new Announcement(
                        id,
                        State.ACCEPTED,
                        UUID.randomUUID().toString(),
                        device.since(),
                        data(device, Announced.NOTHING));
        open.put(id, now);
        Change accepted = new Change(null, now);
        Announcement before = missing.remove(id);
        if (before == null) {
            events.append(accepted);
        } else {
            events.append(end(before, EventData.Presence.SERVER_LOST, before.data()), accepted);
        }
    }

    @Override
    public void settled(ConnectedDevice device, Announced announced) {
        open.computeIfPresent(
                device.key().id(), (id, known) -> tell(known, data(device, announced)));
    }

    /** Whoever hears what a device reports has heard before that it is there. */
    private void alerts(UUID device, String name) {
        open.computeIfPresent(
                device,
                (id, known) ->
                        tell(known, name.isEmpty() ? known.data() : known.data().named(name)));
    }

    /** Does nothing when it is told already: events never change. */
    private Announcement tell(Announcement known, EventData.Presence data) {
        if (known.state() != State.ACCEPTED) {
            return known;
        }
        Announcement told = told(known, data);
        events.append(new Change(told.connection(), told));
        return told;
    }

    @Override
    public void disconnected(
            ConnectedDevice device, Announced announced, DisconnectCause cause, Instant time) {
        Announcement known = open.remove(device.key().id());
        if (known == null) {
            return;
        }
        EventData.Presence data = data(device, announced);
        if (known.state() == State.ACCEPTED) {
            Announcement told = told(known, data);
            events.append(
                    new Change(told.connection(), told), end(told, cause.label(), data, time));
        } else {
            events.append(end(known, cause.label(), withPorts(data, known.data()), time));
        }
    }

    private static Announcement told(Announcement known, EventData.Presence data) {
        return new Announcement(known.device(), State.CONNECTED, known.event(), known.time(), data);
    }

    /** Who hears of the end wants to know the ports it was told of at the beginning. */
    private static EventData.Presence withPorts(
            EventData.Presence end, EventData.Presence beginning) {
        return end.ports().isEmpty() ? beginning : end;
    }

    private static Change end(Announcement known, String reason, EventData.Presence data) {
        return end(known, reason, data, Instant.now());
    }

    private static Change end(
            Announcement known, String reason, EventData.Presence data, Instant time) {
        return new Change(
                new Draft(
                        UUID.randomUUID().toString(),
                        EventType.DISCONNECTED,
                        known.device(),
                        time,
                        data.gone(reason)),
                known.in(State.DISCONNECTED));
    }

    private static EventData.Presence data(ConnectedDevice device, Announced announced) {
        return new EventData.Presence(
                device.key().id(),
                device.key().announced(),
                announced.name(),
                announced.names(),
                announced.addresses(),
                announced.ports(),
                NetUtil.toSocketAddressString(device.address()),
                trigger(device.trigger()),
                device.tunnel(),
                device.principal(),
                null);
    }

    // apf.md §2.3
    private static String trigger(long number) {
        return switch ((int) number) {
            case 1 -> "user";
            case 2 -> "alert";
            case 3 -> "provisioning";
            case 4 -> "periodic";
            case 254 -> "local";
            default -> Long.toUnsignedString(number);
        };
    }
}
