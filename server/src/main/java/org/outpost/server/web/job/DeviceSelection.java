package org.outpost.server.web.job;

import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Verb;
import org.outpost.gateway.tunnel.DeviceRegister;
import org.outpost.gateway.tunnel.Presence;
import org.outpost.inventory.job.DeviceQuery;
import org.outpost.inventory.label.DeviceLabel;
import org.outpost.inventory.label.DeviceLabels;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.device.DeviceController;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds the devices of a query, as the list of devices would show them to the caller. */
public final class DeviceSelection {
    private static final int TOLD = 5;

    private final DeviceRegister register;
    private final Presence presence;
    private final DeviceLabels labels;

    /** Finds them here. */
    public DeviceSelection(DeviceRegister register, Presence presence, DeviceLabels labels) {
        this.register = register;
        this.presence = presence;
        this.labels = labels;
    }

    /**
     * What was found.
     *
     * @param allowed to which the caller may do it
     * @param denied which the caller knows of, and may not do it to
     */
    record Selected(List<UUID> allowed, List<UUID> denied) {}

    /**
     * Finds them.
     *
     * @param verb the right that is needed
     * @throws org.springframework.web.ErrorResponseException 400 when a device is named that the
     *     caller does not know, 503 when the register does not answer
     */
    Selected find(DeviceQuery query, Verb verb, Caller caller) {
        if (!query.devices().isEmpty()) {
            refuseUnknown(query.devices(), known("", caller));
        }
        return passing(query, verb, caller);
    }

    /** The same, where devices that the caller does not know are left out. */
    Selected passing(DeviceQuery query, Verb verb, Caller caller) {
        List<UUID> allowed = new ArrayList<>();
        List<UUID> denied = new ArrayList<>();
        for (UUID device : matching(query, caller)) {
            (caller.may(verb, traits(device)) ? allowed : denied).add(device);
        }
        return new Selected(allowed, denied);
    }

    /** Divides devices that a job had; what the caller does not know of any more is left out. */
    Selected known(List<UUID> which, Verb verb, Caller caller) {
        List<UUID> seen = which.stream().filter(device -> caller.sees(traits(device))).toList();
        return new Selected(
                seen.stream().filter(device -> caller.may(verb, traits(device))).toList(),
                seen.stream().filter(device -> !caller.may(verb, traits(device))).toList());
    }

    private DeviceTraits traits(UUID device) {
        return DeviceController.traits(labels.of(device));
    }

    private Collection<UUID> matching(DeviceQuery query, Caller caller) {
        Predicate<UUID> passes =
                device ->
                        (!query.connected() || presence.tunnelOf(device).isPresent())
                                && bears(query, labels.of(device));
        Set<UUID> known = known(query.search(), caller);
        if (query.devices().isEmpty()) {
            return known.stream().filter(passes).toList();
        }
        return query.devices().stream().filter(known::contains).filter(passes).toList();
    }

    /** In the order of their names; those that are expected come last. */
    private Set<UUID> known(String search, Caller caller) {
        Set<UUID> found = new LinkedHashSet<>();
        // Each passes by once, in one reading; a part of the list is not wanted.
        Answers.await(
                register.list(
                        new DeviceRegister.Query(
                                search,
                                device -> {
                                    if (caller.sees(traits(device))) {
                                        found.add(device);
                                    }
                                    return false;
                                },
                                0,
                                1)));
        labels.all().stream()
                .filter(label -> mentions(label, search))
                .map(DeviceLabel::id)
                .filter(device -> caller.sees(traits(device)))
                .forEach(found::add);
        return found;
    }

    private static boolean mentions(DeviceLabel label, String search) {
        String text = search.toLowerCase(Locale.ROOT);
        return label.hostName().toLowerCase(Locale.ROOT).contains(text)
                || label.friendlyName().toLowerCase(Locale.ROOT).contains(text)
                || label.id().toString().contains(text);
    }

    private static boolean bears(DeviceQuery query, DeviceLabel label) {
        return query.tags().isEmpty()
                || (query.allTags()
                        ? label.tags().containsAll(query.tags())
                        : query.tags().stream().anyMatch(label.tags()::contains));
    }

    private static void refuseUnknown(List<UUID> named, Set<UUID> known) {
        List<UUID> unknown = named.stream().filter(device -> !known.contains(device)).toList();
        if (!unknown.isEmpty()) {
            throw Answers.invalid(
                    Invalid.inBody(
                            "devices",
                            "No device has the UUID "
                                    + unknown.stream()
                                            .limit(TOLD)
                                            .map(UUID::toString)
                                            .collect(Collectors.joining(", "))
                                    + (unknown.size() > TOLD
                                            ? " and " + (unknown.size() - TOLD) + " more"
                                            : "")));
        }
    }
}
