package org.outpost.inventory;

import org.outpost.database.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Collects what is new about known devices and writes it in one piece, so that a keep-alive costs a
 * map entry and not a write. At most one piece is under way; what comes meanwhile is merged into
 * the next. When the database is gone, what could not be written is tried again with the next
 * piece; there is at most one entry per device.
 */
final class Touches {
    private static final Logger log = LoggerFactory.getLogger(Touches.class);

    private final Database database;
    private final Map<UUID, Touch> pending = new ConcurrentHashMap<>();
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile boolean again;
    private volatile boolean failing;

    Touches(Database database) {
        this.database = database;
    }

    void add(UUID id, Touch touch) {
        pending.merge(id, touch, Touch::with);
    }

    /** Writes what is pending now, or as soon as the piece under way is written. */
    void flushSoon() {
        again = true;
        flush();
    }

    /** Writes what is pending, unless a piece is under way. */
    CompletionStage<Void> flush() {
        if (pending.isEmpty() || !underWay.compareAndSet(false, true)) {
            return CompletableFuture.completedStage(null);
        }
        again = false;
        Map<UUID, Touch> piece = new HashMap<>();
        for (UUID id : List.copyOf(pending.keySet())) {
            Touch touch = pending.remove(id);
            if (touch != null) {
                piece.put(id, touch);
            }
        }
        return database.<Void>write(
                        handle -> {
                            DeviceTable.touch(handle, piece);
                            return null;
                        })
                .handle(
                        (done, failure) -> {
                            if (failure == null) {
                                written();
                            } else {
                                keep(piece, failure);
                            }
                            underWay.set(false);
                            if (again && failure == null) {
                                flush();
                            }
                            return null;
                        });
    }

    private void written() {
        if (failing) {
            failing = false;
            log.atInfo().log("signs of life are written to the database again");
        }
    }

    private void keep(Map<UUID, Touch> piece, Throwable failure) {
        piece.forEach((id, touch) -> pending.merge(id, touch, (newer, older) -> older.with(newer)));
        if (!failing) {
            failing = true;
            log.atError()
                    .addKeyValue("reason", failure.getMessage())
                    .log(
                            "signs of life cannot be written to the database; they are kept in"
                                    + " memory");
        }
    }
}
