package org.outpost.amt.operation.redirection;

import org.outpost.amt.operation.Stages;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.xml.Element;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Switches SOL, IDE-R and KVM (wsman.md section 7). */
public final class RedirectionService {
    private static final AmtClass SERVICE = AmtClass.of("AMT_RedirectionService");
    private static final AmtClass KVM = AmtClass.of("CIM_KVMRedirectionSAP");
    private static final int NONE = 32768;
    private static final int IDER = 1;
    private static final int SOL = 2;
    private static final int KVM_ENABLED = 2;
    private static final int KVM_DISABLED = 3;
    private static final int KVM_ENABLED_OFFLINE = 6;

    /** A kind of session that can be ended from outside. */
    public enum Session {
        IDER(0),
        SOL(1);

        private final int number;

        Session(int number) {
            this.number = number;
        }
    }

    private final AmtCalls calls;

    /** Asks through these calls. */
    public RedirectionService(AmtCalls calls) {
        this.calls = calls;
    }

    /** What is switched on. */
    public CompletionStage<RedirectionFeatures> features() {
        return calls.get(SERVICE.name())
                .thenCombine(
                        Stages.ifSupported(calls.get(KVM.name())), RedirectionService::features);
    }

    private static RedirectionFeatures features(Element service, Optional<Element> kvm) {
        int state = service.integer("EnabledState").orElse(NONE);
        int kvmState = kvm.map(one -> one.integer("EnabledState").orElse(0)).orElse(0);
        return new RedirectionFeatures(
                service.isTrue("ListenerEnabled"),
                (state & SOL) != 0,
                (state & IDER) != 0,
                kvmState == KVM_ENABLED || kvmState == KVM_ENABLED_OFFLINE,
                kvm.isPresent());
    }

    /**
     * Switches features on and off. The listener is open as soon as any of them is on.
     *
     * @param sol Serial over LAN
     * @param ider storage redirection
     * @param kvm KVM; not asked for where this AMT has none
     */
    public CompletionStage<RedirectionFeatures> set(boolean sol, boolean ider, boolean kvm) {
        int state = NONE + (ider ? IDER : 0) + (sol ? SOL : 0);
        return calls.invoke(
                        Invocation.of(SERVICE, "RequestStateChange").with("RequestedState", state))
                .thenCompose(changed -> Stages.ifSupported(calls.get(KVM.name())))
                .thenCompose(sap -> switchKvm(sap, kvm))
                .thenCompose(
                        hasKvm ->
                                calls.update(
                                        SERVICE.name(),
                                        read ->
                                                read.with("EnabledState", state)
                                                        .with(
                                                                "ListenerEnabled",
                                                                sol || ider || (kvm && hasKvm))))
                .thenCompose(put -> features());
    }

    private CompletionStage<Boolean> switchKvm(Optional<Element> sap, boolean on) {
        if (sap.isEmpty()) {
            return CompletableFuture.completedStage(false);
        }
        int state = sap.get().integer("EnabledState").orElse(0);
        boolean isOn = state == KVM_ENABLED || state == KVM_ENABLED_OFFLINE;
        if (isOn == on) {
            return CompletableFuture.completedStage(true);
        }
        return calls.invoke(
                        Invocation.of(KVM, "RequestStateChange")
                                .with("RequestedState", on ? KVM_ENABLED : KVM_DISABLED))
                .thenApply(changed -> true);
    }

    /**
     * Ends a session that somebody has open.
     *
     * @param session which kind
     */
    public CompletionStage<Element> terminate(Session session) {
        return calls.invoke(
                Invocation.of(SERVICE, "TerminateSession").with("SessionType", session.number));
    }

    /** The last who redirected, as the device tells it. */
    public CompletionStage<List<String>> accessLog() {
        return calls.get(SERVICE.name()).thenApply(read -> read.texts("AccessLog"));
    }
}
