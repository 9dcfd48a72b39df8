package org.outpost.server.web.device;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Verb;
import org.outpost.gateway.tunnel.DeviceRegister;
import org.outpost.gateway.tunnel.KnownDevice;
import org.outpost.gateway.tunnel.Presence;
import org.outpost.gateway.tunnel.TunnelInfo;
import org.outpost.inventory.label.DeviceLabel;
import org.outpost.inventory.label.DeviceLabels;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.Listing;
import org.outpost.server.web.audit.ActionNote;
import org.outpost.server.web.security.Needs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The devices that are known or expected, and whether they are connected. Paths, parameters and
 * bodies are those of Open DMT's MPS where it has them. A caller sees the devices of their tenants
 * and groups; of others they do not even hear that they exist.
 */
@RestController
@RequestMapping("/api/v1/devices")
public final class DeviceController {
    private static final Logger log = LoggerFactory.getLogger(DeviceController.class);
    private static final int MOST = 1000;

    private final DeviceRegister register;
    private final Presence presence;
    private final DeviceLabels labels;
    private final DeviceChanges changes;

    /** Shows and changes these. */
    public DeviceController(
            DeviceRegister register,
            Presence presence,
            DeviceLabels labels,
            DeviceChanges changes) {
        this.register = register;
        this.presence = presence;
        this.labels = labels;
        this.changes = changes;
    }

    /** How many devices there are. */
    record Statistics(long totalCount, long connectedCount, long disconnectedCount) {}

    /** Something was done. */
    record Done(int success, String description) {}

    /** What rights to a device depend on. */
    public static DeviceTraits traits(DeviceLabel label) {
        return new DeviceTraits(label.id(), label.tenant(), label.tags());
    }

    private boolean sees(Caller caller, UUID device) {
        return caller.may(Verb.VIEW, traits(labels.of(device)));
    }

    @GetMapping
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    Object devices(
            @RequestParam(defaultValue = "") String search,
            @RequestParam(required = false) @Nullable Boolean connected,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String tags,
            @RequestParam(required = false) @Nullable String method,
            @RequestParam(required = false) @Nullable String hostname,
            @RequestParam(required = false) @Nullable String friendlyName,
            @RequestParam(name = "$top", defaultValue = "25") int top,
            @RequestParam(name = "$skip", defaultValue = "0") int skip,
            @RequestParam(name = "$count", defaultValue = "false") boolean count,
            Caller caller) {
        checkPage(top, skip);
        Boolean wanted = connected == null ? connected(status) : connected;
        if (method != null && !method.equals("AND") && !method.equals("OR")) {
            throw Answers.invalid(Invalid.inQuery("method", "Invalid value", method));
        }
        DeviceFilter filter = DeviceFilter.of(tags, method, friendlyName);
        Predicate<UUID> which =
                id ->
                        (wanted == null || presence.tunnelOf(id).isPresent() == wanted)
                                && filter.passes(labels.of(id))
                                && sees(caller, id);
        Listing<DeviceView> page =
                hostname == null
                        ? page(search, which, skip, top, filter, wanted, caller)
                        : named(hostname, which, skip, top);
        return count ? page : page.data();
    }

    private static void checkPage(int top, int skip) {
        if (top < 0 || top > MOST) {
            throw Answers.invalid(
                    Invalid.inQuery(
                            "$top",
                            "The number of items to return should be a positive integer"
                                    + " (at most "
                                    + MOST
                                    + ")",
                            Integer.toString(top)));
        }
        if (skip < 0) {
            throw Answers.invalid(
                    Invalid.inQuery(
                            "$skip",
                            "The number of items to skip before starting to collect the result set"
                                    + " should be a positive integer",
                            Integer.toString(skip)));
        }
    }

    private static @Nullable Boolean connected(@Nullable String status) {
        return switch (status) {
            case null -> null;
            case "0" -> false;
            case "1" -> true;
            default -> throw Answers.invalid(Invalid.inQuery("status", "Invalid value", status));
        };
    }

    /** Those that called in come first, by name; then those that are expected. */
    private Listing<DeviceView> page(
            String search,
            Predicate<UUID> which,
            int skip,
            int top,
            DeviceFilter filter,
            @Nullable Boolean connected,
            Caller caller) {
        Set<UUID> calledIn = new HashSet<>();
        DeviceRegister.Page known =
                Answers.await(
                        register.list(
                                new DeviceRegister.Query(
                                        search,
                                        id -> {
                                            calledIn.add(id);
                                            return which.test(id);
                                        },
                                        skip,
                                        Math.max(1, top))));
        List<DeviceView> views = new ArrayList<>();
        known.devices().stream().limit(top).map(this::inList).forEach(views::add);
        if (Boolean.TRUE.equals(connected)) {
            return new Listing<>(views, known.total());
        }
        List<DeviceLabel> expected =
                labels.all().stream()
                        .filter(label -> mentions(label, search))
                        .filter(filter::passes)
                        .filter(label -> caller.may(Verb.VIEW, traits(label)))
                        .filter(label -> isExpected(label, calledIn, search))
                        .sorted(
                                Comparator.comparing(DeviceLabel::hostName)
                                        .thenComparing(DeviceLabel::id))
                        .toList();
        expected.stream()
                .skip(Math.max(0, skip - known.total()))
                .limit(Math.max(0, top - views.size()))
                .map(DeviceView::expected)
                .forEach(views::add);
        return new Listing<>(views, known.total() + expected.size());
    }

    private boolean isExpected(DeviceLabel label, Set<UUID> calledIn, String search) {
        // With a search the register was not asked about all of its devices.
        return !calledIn.contains(label.id())
                && (search.isEmpty()
                        || Answers.await(register.find(label.id().toString())).isEmpty());
    }

    private static boolean mentions(DeviceLabel label, String search) {
        String text = search.toLowerCase(Locale.ROOT);
        return label.hostName().toLowerCase(Locale.ROOT).contains(text)
                || label.friendlyName().toLowerCase(Locale.ROOT).contains(text)
                || label.id().toString().contains(text);
    }

    private Listing<DeviceView> named(String hostname, Predicate<UUID> which, int skip, int top) {
        List<DeviceView> found =
                Answers.await(register.find(hostname)).stream()
                        .filter(device -> which.test(device.key().id()))
                        .map(this::inList)
                        .toList();
        return new Listing<>(found.stream().skip(skip).limit(top).toList(), found.size());
    }

    private DeviceView inList(KnownDevice device) {
        UUID id = device.key().id();
        return DeviceView.inList(device, labels.of(id), presence.tunnelOf(id).orElse(null));
    }

    @GetMapping("/stats")
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    Statistics deviceStatistics(Caller caller) {
        Listing<DeviceView> all =
                page(
                        "",
                        id -> sees(caller, id),
                        0,
                        1,
                        DeviceFilter.of(null, null, null),
                        null,
                        caller);
        long connected =
                presence.tunnels().stream()
                        .filter(tunnel -> sees(caller, tunnel.device().id()))
                        .count();
        return new Statistics(
                all.totalCount(), connected, Math.max(0, all.totalCount() - connected));
    }

    @GetMapping("/tags")
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    List<String> deviceTags(Caller caller) {
        return List.copyOf(labels.tags(label -> caller.may(Verb.VIEW, traits(label))).keySet());
    }

    @GetMapping("/{guidOrName}")
    @Needs(value = Verb.VIEW, over = Needs.Over.SOME)
    DeviceView device(@PathVariable String guidOrName, Caller caller) {
        List<KnownDevice> found =
                Answers.await(register.find(guidOrName)).stream()
                        .filter(device -> sees(caller, device.key().id()))
                        .toList();
        if (found.isEmpty()) {
            return expected(guidOrName)
                    .filter(label -> caller.may(Verb.VIEW, traits(label)))
                    .map(DeviceView::expected)
                    .orElseThrow(
                            () ->
                                    Answers.problem(
                                            HttpStatus.NOT_FOUND,
                                            "No device has this name or UUID; list the known ones"
                                                    + " with: outpost device list"));
        }
        List<KnownDevice> connected =
                found.stream()
                        .filter(device -> presence.tunnelOf(device.key().id()).isPresent())
                        .toList();
        KnownDevice one;
        if (found.size() == 1) {
            one = found.getFirst();
        } else if (connected.size() == 1) {
            one = connected.getFirst();
        } else {
            throw Answers.problem(
                    HttpStatus.CONFLICT,
                    "Several devices have this name; use the UUID of one: "
                            + String.join(
                                    ", ",
                                    found.stream()
                                            .map(device -> device.key().id().toString())
                                            .toList()));
        }
        return alone(one);
    }

    private DeviceView alone(KnownDevice device) {
        UUID id = device.key().id();
        return DeviceView.alone(device, labels.of(id), presence.tunnelOf(id).orElse(null));
    }

    private Optional<DeviceLabel> expected(String guidOrName) {
        try {
            return labels.find(UUID.fromString(guidOrName));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Says what a device is; one that has not called in yet is expected from now on. */
    @PostMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    ResponseEntity<DeviceView> addDevice(@RequestBody DeviceChange wanted, Caller caller) {
        UUID id = wanted.device();
        boolean known = isKnown(id);
        changes.make(wanted, known, caller);
        return ResponseEntity.status(known ? HttpStatus.OK : HttpStatus.CREATED).body(view(id));
    }

    @PatchMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    DeviceView changeDevice(@RequestBody DeviceChange wanted, Caller caller) {
        UUID id = wanted.device();
        if (!isKnown(id)) {
            throw Answers.problem(HttpStatus.NOT_FOUND, "Device ID " + id + " not found");
        }
        changes.make(wanted, true, caller);
        return view(id);
    }

    private boolean isKnown(UUID id) {
        return labels.find(id).isPresent() || calledIn(id).isPresent();
    }

    /** The device of exactly this UUID; one that only announces it is another. */
    private Optional<KnownDevice> calledIn(UUID id) {
        return Answers.await(register.find(id.toString())).stream()
                .filter(device -> device.key().id().equals(id))
                .findFirst();
    }

    private DeviceView view(UUID id) {
        return calledIn(id).map(this::inList).orElseGet(() -> DeviceView.expected(labels.of(id)));
    }

    @DeleteMapping("/{guid}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.DEVICE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forgetDevice(
            @PathVariable String guid,
            @RequestParam(defaultValue = "false") boolean force,
            @RequestParam(defaultValue = "false") boolean isSecretToBeDeleted) {
        UUID id = Answers.uuid("guid", guid);
        TunnelInfo tunnel = presence.tunnelOf(id).orElse(null);
        if (tunnel != null && !force) {
            throw Answers.problem(
                    HttpStatus.CONFLICT,
                    "The device is connected, by its credential "
                            + tunnel.principal()
                            + "; with force its tunnel is ended first.");
        }
        if (tunnel != null) {
            Answers.await(presence.reset(tunnel.id()));
        }
        ActionNote.tenant(labels.of(id).tenant());
        boolean forgotten = Answers.await(register.forget(id));
        boolean unsaid = Answers.await(labels.remove(id));
        if (!forgotten && !unsaid) {
            throw Answers.noDevice();
        }
        log.atInfo().addKeyValue("device", id).log("a device was forgotten, by an operator");
    }

    /** Ends the tunnel of a device, which will call again. */
    @DeleteMapping("/disconnect/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Done disconnect(@PathVariable String guid) {
        UUID id = Answers.uuid("guid", guid);
        TunnelInfo tunnel =
                presence.tunnelOf(id)
                        .orElseThrow(
                                () ->
                                        Answers.problem(
                                                HttpStatus.NOT_FOUND,
                                                "Device not found/connected. Please connect again"
                                                        + " using CIRA."));
        Answers.await(presence.reset(tunnel.id()));
        return new Done(200, "CIRA connection disconnected : " + id);
    }
}
