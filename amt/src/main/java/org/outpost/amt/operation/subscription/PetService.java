package org.outpost.amt.operation.subscription;

import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.EndpointReference;
import org.outpost.amt.wsman.Selectors;
import org.outpost.amt.xml.Element;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Who hears of alerts by PET, that is SNMP traps; gone in CSME 18 (wsman.md section 11.1). */
public final class PetService {
    private static final AmtClass FILTER = AmtClass.of("AMT_PETFilterSetting");
    private static final AmtClass SUBSCRIBER = AmtClass.of("AMT_SNMPEventSubscriber");
    private static final String MANAGER = "AMT_EventManagerService";
    private static final int IPV4 = 3;
    private static final List<String> KEYS =
            List.of("Name", "SystemCreationClassName", "SystemName", "CreationClassName");

    private final AmtCalls calls;

    /** Asks through these calls. */
    public PetService(AmtCalls calls) {
        this.calls = calls;
    }

    /** The filters, those of the firmware among them. */
    public CompletionStage<List<PetFilter>> filters() {
        return calls.enumerate(FILTER.name())
                .thenApply(list -> list.stream().map(PetFilter::read).toList());
    }

    /** Adds a filter. */
    public CompletionStage<EndpointReference> addFilter(PetFilter filter) {
        return calls.create(FILTER.name(), filter.element(FILTER.uri(), FILTER.name()));
    }

    /**
     * Removes a filter.
     *
     * @param instanceId its key
     */
    public CompletionStage<Optional<Element>> removeFilter(String instanceId) {
        return calls.delete(FILTER.name(), Selectors.of("InstanceID", instanceId));
    }

    /** The receivers. */
    public CompletionStage<List<PetSubscriber>> subscribers() {
        return calls.enumerate(SUBSCRIBER.name())
                .thenApply(list -> list.stream().map(PetService::subscriber).toList());
    }

    private static PetSubscriber subscriber(Element read) {
        Selectors keys = Selectors.NONE;
        for (String key : KEYS) {
            if (read.child(key).isPresent()) {
                keys = keys.and(key, read.textOr(key, ""));
            }
        }
        return new PetSubscriber(
                read.textOr("Name", ""),
                read.textOr("AccessInfo", ""),
                read.integer("PolicyID").orElse(0),
                read.textOr("CommunityString", ""),
                keys);
    }

    /**
     * Adds a receiver.
     *
     * @param address its IPv4 address; traps go to port 162
     * @param policyId the number of the filters that apply
     * @param community the trap's community; empty for the device's own
     */
    public CompletionStage<EndpointReference> subscribe(
            String address, int policyId, String community) {
        List<Element> inside = new ArrayList<>();
        inside.add(Element.of(SUBSCRIBER.uri(), "AccessInfo", address));
        if (!community.isEmpty()) {
            inside.add(Element.of(SUBSCRIBER.uri(), "CommunityString", community));
        }
        inside.add(Element.of(SUBSCRIBER.uri(), "InfoFormat", Integer.toString(IPV4)));
        inside.add(Element.of(SUBSCRIBER.uri(), "PolicyID", Integer.toString(policyId)));
        return calls.create(
                SUBSCRIBER.name(), Element.of(SUBSCRIBER.uri(), SUBSCRIBER.name(), inside));
    }

    /** Removes a receiver. */
    public CompletionStage<Optional<Element>> unsubscribe(PetSubscriber subscriber) {
        return calls.delete(SUBSCRIBER.name(), subscriber.keys());
    }

    /**
     * Changes the community of traps that have none of their own.
     *
     * @param community a word; no secret
     */
    public CompletionStage<Element> defaultCommunity(String community) {
        return calls.update(MANAGER, read -> read.with("DefaultCommunityString", community));
    }
}
