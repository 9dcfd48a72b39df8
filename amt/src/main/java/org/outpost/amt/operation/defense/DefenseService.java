package org.outpost.amt.operation.defense;

import org.outpost.amt.operation.ComputerSystems;
import org.outpost.amt.operation.Stages;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.EndpointReference;
import org.outpost.amt.wsman.Selectors;
import org.outpost.amt.xml.Element;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Network isolation: filters are created, gathered in a policy, and the policy is put on a port.
 * The shapes are those of Intel's class definitions (AMT_SystemDefensePolicy, AMT_Hdr8021Filter,
 * AMT_IPHeadersFilter, AMT_NetworkPortSystemDefensePolicy).
 */
public final class DefenseService {
    private static final AmtClass ASSIGNMENT = AmtClass.of("AMT_NetworkPortSystemDefensePolicy");
    private static final AmtClass PORT = AmtClass.of("CIM_EthernetPort");
    private static final List<String> FILTERS = List.of("AMT_Hdr8021Filter", "AMT_IPHeadersFilter");
    private static final String ID = "InstanceID";
    private static final int LONGEST_HANDLE = 10;

    /**
     * A policy on a port.
     *
     * @param port the DeviceID of the port, such as {@code Intel(r) AMT Ethernet Port 0}
     * @param policy the key of the policy
     */
    public record Assignment(String port, String policy) {}

    private final AmtCalls calls;

    /** Asks through these calls. */
    public DefenseService(AmtCalls calls) {
        this.calls = calls;
    }

    /** The filters. */
    public CompletionStage<List<PresentFilter>> filters() {
        List<CompletionStage<List<PresentFilter>>> reads = new ArrayList<>();
        for (String type : FILTERS) {
            reads.add(
                    Stages.listIfSupported(calls.enumerate(type))
                            .thenApply(
                                    list ->
                                            list.stream()
                                                    .map(read -> filter(type, read))
                                                    .toList()));
        }
        return Stages.all(reads).thenApply(lists -> lists.stream().flatMap(List::stream).toList());
    }

    private static PresentFilter filter(String type, Element read) {
        String instanceId = read.textOr(ID, "");
        return new PresentFilter(
                type,
                instanceId,
                read.textOr("Name", ""),
                handle(instanceId),
                read.integer("FilterDirection"),
                read.integer("FilterProfile"));
    }

    /** Policies name a filter by the number at the end of its key. */
    private static OptionalLong handle(String instanceId) {
        int start = instanceId.length();
        while (start > 0 && Character.isDigit(instanceId.charAt(start - 1))) {
            start--;
        }
        String digits = instanceId.substring(start);
        return digits.isEmpty() || digits.length() > LONGEST_HANDLE
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(digits));
    }

    /** Adds a filter. */
    public CompletionStage<EndpointReference> addFilter(PacketFilter filter) {
        return calls.create(filter.type().name(), filter.element());
    }

    /** Removes a filter; fails while a policy uses it. */
    public CompletionStage<Optional<Element>> removeFilter(PresentFilter filter) {
        return calls.delete(filter.className(), Selectors.of(ID, filter.instanceId()));
    }

    /** The policies. */
    public CompletionStage<List<DefensePolicy>> policies() {
        return calls.enumerate(DefensePolicy.TYPE.name())
                .thenApply(list -> list.stream().map(DefensePolicy::read).toList());
    }

    /** Adds a policy; it counts when it is assigned. */
    public CompletionStage<EndpointReference> addPolicy(DefensePolicy policy) {
        return calls.create(DefensePolicy.TYPE.name(), policy.element());
    }

    /**
     * Removes a policy.
     *
     * @param instanceId its key
     */
    public CompletionStage<Optional<Element>> removePolicy(String instanceId) {
        return calls.delete(DefensePolicy.TYPE.name(), Selectors.of(ID, instanceId));
    }

    /** Which policy is on which port. */
    public CompletionStage<List<Assignment>> assignments() {
        return calls.enumerate(ASSIGNMENT.name())
                .thenApply(
                        list ->
                                list.stream()
                                        .map(
                                                read ->
                                                        new Assignment(
                                                                key(read, "Antecedent", "DeviceID"),
                                                                key(read, "Dependent", ID)))
                                        .toList());
    }

    private static String key(Element read, String property, String selector) {
        return read.child(property)
                .flatMap(EndpointReference::read)
                .flatMap(reference -> reference.selectors().text(selector))
                .orElse("");
    }

    /** Puts a policy on a port: from now on it counts. */
    public CompletionStage<EndpointReference> assign(Assignment assignment) {
        return calls.create(
                ASSIGNMENT.name(),
                Element.of(
                        ASSIGNMENT.uri(),
                        ASSIGNMENT.name(),
                        List.of(
                                port(assignment).as(ASSIGNMENT.uri(), "Antecedent"),
                                policy(assignment).as(ASSIGNMENT.uri(), "Dependent"))));
    }

    /** Takes a policy off a port. */
    public CompletionStage<Optional<Element>> release(Assignment assignment) {
        return calls.delete(
                ASSIGNMENT.name(),
                Selectors.NONE
                        .and("Antecedent", port(assignment))
                        .and("Dependent", policy(assignment)));
    }

    private static EndpointReference port(Assignment assignment) {
        return EndpointReference.of(
                PORT,
                Selectors.of("CreationClassName", PORT.name())
                        .and("DeviceID", assignment.port())
                        .and("SystemCreationClassName", "CIM_ComputerSystem")
                        .and("SystemName", ComputerSystems.ENGINE));
    }

    private static EndpointReference policy(Assignment assignment) {
        return EndpointReference.of(DefensePolicy.TYPE, Selectors.of(ID, assignment.policy()));
    }
}
