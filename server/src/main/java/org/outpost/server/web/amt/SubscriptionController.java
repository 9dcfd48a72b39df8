package org.outpost.server.web.amt;

import static org.outpost.server.web.amt.Checks.checked;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.subscription.EventSubscription;
import org.outpost.amt.operation.subscription.EventSubscriptionService;
import org.outpost.amt.wsman.Subscription;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the device posts its events. */
@RestController
@RequestMapping("/api/v1/amt/subscriptions")
final class SubscriptionController {
    private final AmtRequests devices;

    SubscriptionController(AmtRequests devices) {
        this.devices = devices;
    }

    /** A subscription. */
    record Shown(String filter, String destination, boolean acknowledged, String name) {
        static Shown of(EventSubscription read) {
            return new Shown(
                    read.filter(), read.destination(), read.acknowledged(), read.listenerName());
        }
    }

    /** What there is, and what there can be. */
    record Subscriptions(List<String> filters, List<Shown> subscriptions) {}

    /** A subscription to be made. */
    record Wanted(
            @Nullable String filter,
            @Nullable String url,
            @Nullable Boolean acknowledged,
            @Nullable String username,
            @Nullable String password) {
        @Override
        public String toString() {
            return "Wanted";
        }
    }

    @GetMapping("/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Subscriptions eventSubscriptions(@PathVariable String guid) {
        return devices.ask(
                guid,
                calls -> {
                    EventSubscriptionService service = new EventSubscriptionService(calls);
                    return service.filters()
                            .thenCombine(
                                    service.list(),
                                    (filters, all) ->
                                            new Subscriptions(
                                                    filters, all.stream().map(Shown::of).toList()));
                });
    }

    @PostMapping("/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Status subscribe(@PathVariable String guid, @RequestBody Wanted wanted) {
        new Checks()
                .text(wanted.filter(), "filter", 128)
                .text(wanted.url(), "url", 253)
                .that(
                        (wanted.username() == null) == (wanted.password() == null),
                        "password",
                        Checks.INVALID)
                .done();
        Subscription subscription = subscription(wanted);
        devices.maybe(guid, calls -> new EventSubscriptionService(calls).subscribe(subscription));
        return Status.SUCCESS;
    }

    private static Subscription subscription(Wanted wanted) {
        String user = wanted.username();
        String password = wanted.password();
        try {
            return new Subscription(
                    checked(wanted.filter()),
                    checked(wanted.url()),
                    Boolean.TRUE.equals(wanted.acknowledged()),
                    user == null || password == null
                            ? Optional.empty()
                            : Optional.of(new Subscription.Login(user, password)),
                    Map.of());
        } catch (IllegalArgumentException e) {
            throw Answers.invalid(Invalid.inBody("url", String.valueOf(e.getMessage())));
        }
    }

    /** Ends a subscription, named as the list names it. */
    @DeleteMapping("/{guid}/{name}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Status unsubscribe(@PathVariable String guid, @PathVariable String name) {
        devices.ask(
                guid,
                calls -> {
                    EventSubscriptionService service = new EventSubscriptionService(calls);
                    return service.list()
                            .thenCompose(
                                    all ->
                                            service.unsubscribe(
                                                    all.stream()
                                                            .filter(
                                                                    one ->
                                                                            one.listenerName()
                                                                                    .equals(name))
                                                            .findFirst()
                                                            .orElseThrow(
                                                                    SubscriptionController::none)));
                });
        return Status.SUCCESS;
    }

    private static RuntimeException none() {
        return Answers.problem(
                HttpStatus.NOT_FOUND,
                "The device has no such subscription; list them with GET at this address.");
    }
}
