package org.outpost.access.registry;

import org.outpost.access.AccessException;
import org.outpost.access.AccessException.Reason;
import org.outpost.database.Database;
import org.outpost.database.DatabaseException;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Small named documents of one kind: they live in the database and are read from memory. So reading
 * never waits, needs no database and may be done on an event loop. Changes block until they are
 * committed, and come one after the other; they are for request threads alone.
 *
 * @param <T> a record that Jackson can write and read
 */
public final class Registry<T> {
    private final Database database;
    private final String kind;
    private final Function<T, String> name;

    /** What a document of an earlier release does not say is zero or false. */
    private final JsonMapper json =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private final Map<String, T> known = new ConcurrentHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();

    /**
     * Reads what there is. Blocks.
     *
     * @param database migrated; stays the caller's to close
     * @param kind the same for ever
     * @param type of the documents
     * @param name under which a document is found; must not change while it is there
     * @throws DatabaseException when the database cannot be read, or has what is no such document
     */
    public Registry(Database database, String kind, Class<T> type, Function<T, String> name) {
        this.database = database;
        this.kind = kind;
        this.name = name;
        await(
                database.read(
                                        handle -> {
                                            DocumentTable.all(
                                                    handle,
                                                    kind,
                                                    (key, document) ->
                                                            known.put(
                                                                    key,
                                                                    json.readValue(
                                                                            document, type)));
                                            return kind;
                                        })
                                .toCompletableFuture()
                        ::join);
    }

    /** The document of this name. */
    public Optional<T> find(String key) {
        return Optional.ofNullable(known.get(key));
    }

    /** All of them, in no order. */
    public Collection<T> all() {
        return List.copyOf(known.values());
    }

    /** How many there are. */
    public int size() {
        return known.size();
    }

    /**
     * Adds one.
     *
     * @param taken what to say when there is one of that name
     * @throws AccessException when there is
     * @throws DatabaseException when it could not be written; then nothing has changed
     */
    public T add(T document, String taken) {
        String key = name.apply(document);
        changing.lock();
        try {
            if (known.containsKey(key)) {
                throw new AccessException(Reason.CONFLICT, taken);
            }
            write(key, document);
            return document;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Changes one.
     *
     * @param missing what to say when there is none
     * @param change makes the new document of the old; may throw {@link AccessException}
     * @throws AccessException when there is none of that name
     * @throws DatabaseException when it could not be written; then nothing has changed
     */
    public T change(String key, String missing, UnaryOperator<T> change) {
        changing.lock();
        try {
            T former = known.get(key);
            if (former == null) {
                throw new AccessException(Reason.NOT_FOUND, missing);
            }
            T next = change.apply(former);
            if (!name.apply(next).equals(key)) {
                throw new IllegalArgumentException("a change must not rename");
            }
            if (!next.equals(former)) {
                write(key, next);
            }
            return next;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Takes one out.
     *
     * @param missing what to say when there is none
     * @param check may throw {@link AccessException}; then it stays
     * @throws AccessException when there is none of that name
     * @throws DatabaseException when it could not be written; then nothing has changed
     */
    public T remove(String key, String missing, Consumer<T> check) {
        changing.lock();
        try {
            T document = known.get(key);
            if (document == null) {
                throw new AccessException(Reason.NOT_FOUND, missing);
            }
            check.accept(document);
            erase(List.of(key));
            return document;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Takes out all that fit.
     *
     * @return what was taken out
     * @throws DatabaseException when it could not be written; then nothing has changed
     */
    public List<T> removeAll(Predicate<T> which) {
        changing.lock();
        try {
            List<T> found = known.values().stream().filter(which).toList();
            erase(found.stream().map(name).toList());
            return found;
        } finally {
            changing.unlock();
        }
    }

    private void erase(List<String> keys) {
        if (!keys.isEmpty()) {
            await(
                    database.write(
                                            handle -> {
                                                keys.forEach(
                                                        key ->
                                                                DocumentTable.remove(
                                                                        handle, kind, key));
                                                return kind;
                                            })
                                    .toCompletableFuture()
                            ::join);
            keys.forEach(known::remove);
        }
    }

    private void write(String key, T document) {
        String text = json.writeValueAsString(document);
        await(
                database.write(
                                        handle -> {
                                            DocumentTable.put(handle, kind, key, text);
                                            return kind;
                                        })
                                .toCompletableFuture()
                        ::join);
        known.put(key, document);
    }

    private interface Waiting {
        Object join();
    }

    private static void await(Waiting answer) {
        try {
            answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof DatabaseException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
