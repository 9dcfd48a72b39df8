package org.outpost.server.web.amt;

import static org.outpost.server.web.amt.Checks.checked;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.defense.DefensePolicy;
import org.outpost.amt.operation.defense.DefenseService;
import org.outpost.amt.operation.defense.PresentFilter;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.EndpointReference;
import org.outpost.server.web.security.Needs;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Network isolation: filters and policies of System Defense. */
@RestController
@RequestMapping("/api/v1/amt/systemDefense")
final class DefenseController {
    private final AmtRequests devices;

    DefenseController(AmtRequests devices) {
        this.devices = devices;
    }

    /** A filter in the device. */
    record Filter(String className, String instanceID, String name, long creationHandle) {
        static Filter of(PresentFilter read) {
            return new Filter(
                    read.className(),
                    read.instanceId(),
                    read.name(),
                    read.creationHandle().orElse(0));
        }
    }

    /** A policy in the device. */
    record Policy(String instanceID, String name, long precedence, List<Long> filters) {
        static Policy of(DefensePolicy read) {
            return new Policy(read.instanceId(), read.name(), read.precedence(), read.filters());
        }
    }

    /** All of it. */
    record Settings(
            List<Filter> filters,
            List<Policy> policies,
            List<DefenseService.Assignment> assignments) {}

    /** A policy that cuts the host off, but for what these filters pass. */
    record Isolation(@Nullable String name, @Nullable List<Long> filters) {}

    /** A policy for a port. */
    record Assigned(@Nullable String port, @Nullable String policy) {}

    /** The device's key of what was made. */
    record Made(String instanceID) {}

    @GetMapping("/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Settings systemDefense(@PathVariable String guid) {
        return devices.ask(guid, DefenseController::read);
    }

    private static CompletionStage<Settings> read(AmtCalls calls) {
        DefenseService service = new DefenseService(calls);
        return service.filters()
                .thenCompose(
                        filters ->
                                service.policies()
                                        .thenCombine(
                                                service.assignments(),
                                                (policies, assignments) ->
                                                        new Settings(
                                                                filters.stream()
                                                                        .map(Filter::of)
                                                                        .toList(),
                                                                policies.stream()
                                                                        .map(Policy::of)
                                                                        .toList(),
                                                                assignments)));
    }

    @PostMapping("/policies/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Made addIsolation(@PathVariable String guid, @RequestBody Isolation wanted) {
        List<Long> filters = wanted.filters();
        new Checks()
                .text(wanted.name(), "name", 16)
                .that(
                        filters == null
                                || (filters.size() <= 32
                                        && filters.stream().allMatch(one -> one != null)),
                        "filters",
                        Checks.INVALID)
                .done();
        DefensePolicy policy =
                DefensePolicy.isolation(
                        checked(wanted.name()), filters == null ? List.of() : filters);
        EndpointReference made =
                devices.ask(guid, calls -> new DefenseService(calls).addPolicy(policy));
        return new Made(made.selectors().text("InstanceID").orElse(""));
    }

    @DeleteMapping("/policies/{guid}/{instanceId}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Status removePolicy(@PathVariable String guid, @PathVariable String instanceId) {
        devices.ask(guid, calls -> new DefenseService(calls).removePolicy(instanceId));
        return Status.SUCCESS;
    }

    @PostMapping("/assignments/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Status assignPolicy(@PathVariable String guid, @RequestBody Assigned wanted) {
        DefenseService.Assignment assignment = assignment(wanted);
        devices.ask(guid, calls -> new DefenseService(calls).assign(assignment));
        return Status.SUCCESS;
    }

    @PostMapping("/assignments/release/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Status releasePolicy(@PathVariable String guid, @RequestBody Assigned wanted) {
        DefenseService.Assignment assignment = assignment(wanted);
        devices.ask(guid, calls -> new DefenseService(calls).release(assignment));
        return Status.SUCCESS;
    }

    private static DefenseService.Assignment assignment(Assigned wanted) {
        new Checks().text(wanted.port(), "port", 128).text(wanted.policy(), "policy", 128).done();
        return new DefenseService.Assignment(checked(wanted.port()), checked(wanted.policy()));
    }
}
