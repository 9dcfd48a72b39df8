package org.outpost.simulator.wsman;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.CimNames;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Reference;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.firmware.InstanceTable;
import org.outpost.simulator.identity.Generation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A class of the model, the same object for all devices: its keys, where its instances come from,
 * what can be written, created, deleted and invoked, and who may. What a device has changed is in
 * its {@link InstanceTable}, which is not there before the first change.
 */
public final class CimClass {
    /** Judges a Put, and does what follows from it. */
    public interface PutEffect {
        /**
         * Called before the new instance is stored.
         *
         * @param given the request, with secrets that are not stored
         */
        void put(Call call, Instance before, Instance after, Arguments given) throws FaultException;
    }

    /** Makes an instance from what a Create gives. */
    public interface Creation {
        Instance create(Call call, Arguments given) throws FaultException;
    }

    /** Judges a Delete, and does what follows from it. */
    public interface Deletion {
        void delete(Call call, Instance instance) throws FaultException;
    }

    /** A method that answers at once. */
    public interface Method {
        Output invoke(Call call, Arguments in) throws FaultException;
    }

    /** A method that answers later. */
    public interface SlowMethod {
        CompletionStage<Output> invoke(Call call, Arguments in) throws FaultException;
    }

    /** A Subscribe to the target instance. */
    public interface Subscribing {
        Reference subscribe(Call call, Instance filter, Subscription subscription)
                throws FaultException;
    }

    /** A method and who may call it. */
    record GuardedMethod(SlowMethod body, Set<Realm> realms) {}

    private final Builder definition;

    private CimClass(Builder definition) {
        this.definition = definition;
    }

    /** Begins the definition of a class. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    String name() {
        return definition.name;
    }

    String uri() {
        return CimNames.uri(definition.name);
    }

    boolean presentOn(Firmware firmware) {
        return definition.present.test(firmware);
    }

    Set<Realm> readers() {
        return definition.readers;
    }

    Set<Realm> writers() {
        return definition.writers;
    }

    @Nullable GuardedMethod method(String method) {
        return definition.methods.get(method);
    }

    boolean canPut() {
        return !definition.properties.isEmpty();
    }

    boolean canDelete() {
        return definition.deletion != null;
    }

    @Nullable Creation creation() {
        return definition.creation;
    }

    @Nullable Subscribing subscribing() {
        return definition.subscribing;
    }

    boolean canUnsubscribe() {
        return definition.unsubscribing;
    }

    Reference reference(Instance instance) {
        return instance.reference(definition.keys);
    }

    /** The instances as a Get or an enumeration shows them now. */
    public List<Instance> instances(Firmware firmware) {
        List<Instance> stored =
                firmware.hasTable(definition.name)
                        ? table(firmware).all()
                        : definition.seed.apply(firmware);
        return definition.live == null
                ? stored
                : stored.stream()
                        .map(instance -> definition.live.apply(firmware, instance))
                        .toList();
    }

    /** The stored instances, to be changed. */
    public InstanceTable table(Firmware firmware) {
        return firmware.table(definition.name, definition.keys, definition.seed);
    }

    /** Takes over what is given for the target instance. */
    Instance put(Call call, Arguments given) throws FaultException {
        Instance before = given.target();
        for (String key : definition.keys) {
            String text = given.element().childText(key);
            if (!text.isEmpty() && before.has(key) && !text.equals(before.text(key))) {
                throw new FaultException(WsmanFault.INVALID_REPRESENTATION, key);
            }
        }
        Instance.Builder merged = before.but();
        for (Property property : definition.properties) {
            property.apply(given.element(), merged);
        }
        Instance after = merged.build();
        if (definition.putEffect != null) {
            definition.putEffect.put(call, before, after, given);
        }
        table(call.firmware()).put(after);
        return instances(call.firmware()).stream()
                .filter(instance -> reference(instance).equals(reference(after)))
                .findFirst()
                .orElse(after);
    }

    Reference create(Call call, Creation maker, XmlElement element) throws FaultException {
        Arguments given = new Arguments(Instance.of(definition.name).build(), element);
        Instance.Builder made = maker.create(call, given).but();
        for (Property property : definition.properties) {
            property.apply(element, made);
        }
        Instance instance = made.build();
        InstanceTable table = table(call.firmware());
        if (table.contains(instance)) {
            throw new FaultException(WsmanFault.ALREADY_EXISTS);
        }
        table.put(instance);
        return reference(instance);
    }

    void delete(Call call, Instance instance) throws FaultException {
        if (definition.deletion != null) {
            definition.deletion.delete(call, instance);
        }
        table(call.firmware()).remove(instance);
    }

    @Override
    public String toString() {
        return definition.name;
    }

    /** Collects what a class has; everything has a default but its name and its instances. */
    public static final class Builder {
        private final String name;
        private final List<Property> properties = new ArrayList<>();
        private final Map<String, GuardedMethod> methods = new HashMap<>();
        private List<String> keys = List.of("InstanceID");
        private Set<Realm> readers = EnumSet.of(Realm.GENERAL_INFO);
        private Set<Realm> writers = EnumSet.of(Realm.ADMINISTRATION);
        private Predicate<Firmware> present = firmware -> true;
        private Function<Firmware, List<Instance>> seed = firmware -> List.of();
        private @Nullable BiFunction<Firmware, Instance, Instance> live;
        private @Nullable PutEffect putEffect;
        private @Nullable Creation creation;
        private @Nullable Deletion deletion;
        private @Nullable Subscribing subscribing;
        private boolean unsubscribing;

        private Builder(String name) {
            this.name = name;
            if (name.startsWith("IPS_")) {
                present = firmware -> firmware.profile().generation().hasKvm();
            }
        }

        /** Its keys; {@code InstanceID} when nothing is said. */
        public Builder keys(String... names) {
            keys = List.of(names);
            return this;
        }

        /** The four keys of services, access points and the like. */
        public Builder systemKeys() {
            return keys("CreationClassName", "Name", "SystemCreationClassName", "SystemName");
        }

        /** Who may read it; general information when nothing is said. */
        public Builder readableBy(Realm first, Realm... more) {
            readers = EnumSet.of(first, more);
            return this;
        }

        /** Who may change it; the administration when nothing is said. */
        public Builder writableBy(Realm first, Realm... more) {
            writers = EnumSet.of(first, more);
            return this;
        }

        /** Which devices have it; later than 6.2 for the IPS schema when nothing is said. */
        public Builder when(Predicate<Firmware> condition) {
            present = present.and(condition);
            return this;
        }

        /** Since which generation there is one. */
        public Builder since(Generation generation) {
            return when(firmware -> firmware.profile().generation().compareTo(generation) >= 0);
        }

        /** Its one instance. */
        public Builder single(Function<Firmware, Instance> instance) {
            return many(firmware -> List.of(instance.apply(firmware)));
        }

        /** Its instances, before anything was changed. */
        public Builder many(Function<Firmware, List<Instance>> instances) {
            seed = instances;
            return this;
        }

        /** What of an instance follows from the state of the device. */
        public Builder live(BiFunction<Firmware, Instance, Instance> view) {
            live = view;
            return this;
        }

        /** What a Put or Create can write. */
        public Builder writable(Property... writable) {
            properties.addAll(List.of(writable));
            return this;
        }

        /** Judges a Put, and does what follows from it. */
        public Builder onPut(PutEffect effect) {
            putEffect = effect;
            return this;
        }

        /** Lets instances be created. */
        public Builder creatable(Creation maker) {
            creation = maker;
            return this;
        }

        /** Lets instances be deleted. */
        public Builder deletable(Deletion effect) {
            deletion = effect;
            return this;
        }

        /** A method that the class's writers may call. */
        public Builder method(String method, Method body) {
            return method(method, writers, body);
        }

        /** A method that these may call. */
        public Builder method(String method, Set<Realm> realms, Method body) {
            return slowMethod(
                    method,
                    realms,
                    (call, in) -> CompletableFuture.completedFuture(body.invoke(call, in)));
        }

        /** A method that answers later. */
        public Builder slowMethod(String method, Set<Realm> realms, SlowMethod body) {
            methods.put(method, new GuardedMethod(body, realms));
            return this;
        }

        /** Lets events be subscribed to. */
        public Builder subscribable(Subscribing body) {
            subscribing = body;
            return this;
        }

        /** Lets instances be deleted by Unsubscribe. */
        public Builder unsubscribable() {
            unsubscribing = true;
            return this;
        }

        /** The class as collected. */
        public CimClass build() {
            return new CimClass(this);
        }
    }
}
