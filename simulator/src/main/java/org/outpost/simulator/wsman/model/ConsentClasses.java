package org.outpost.simulator.wsman.model;

import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.firmware.ControlMode;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.machine.Consent;
import org.outpost.simulator.machine.ConsentPolicy;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Output;
import org.outpost.simulator.wsman.Property;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/** The user's consent (wsman.md §8). */
final class ConsentClasses {
    /** Return value for a request that the state does not allow. */
    private static final int INVALID_STATE = 2;

    private static final EnumSet<Realm> TECHNICIANS =
            EnumSet.of(Realm.REDIRECTION, Realm.REMOTE_CONTROL);

    private ConsentClasses() {}

    static List<CimClass> classes() {
        return List.of(
                CimClass.named("IPS_OptInService")
                        .systemKeys()
                        .readableBy(Realm.GENERAL_INFO, Realm.REDIRECTION, Realm.REMOTE_CONTROL)
                        .single(ConsentClasses::service)
                        .live((firmware, stored) -> service(firmware))
                        .writable(
                                Property.number("OptInRequired", 0, 0xFFFF_FFFFL),
                                Property.number("OptInCodeTimeout", 60, 900),
                                Property.number("OptInDisplayTimeout", 30, 900))
                        .onPut(ConsentClasses::put)
                        .method("StartOptIn", TECHNICIANS, ConsentClasses::start)
                        .method("SendOptInCode", TECHNICIANS, ConsentClasses::send)
                        .method(
                                "CancelOptIn",
                                TECHNICIANS,
                                (call, in) -> answer(call.firmware().consent().cancel()))
                        .build());
    }

    private static Instance service(Firmware firmware) {
        Consent consent = firmware.consent();
        return Instance.inEngine("IPS_OptInService", "Intel(r) AMT OptIn Service")
                .named("Intel(r) AMT OptIn Service")
                .set("CanModifyOptInPolicy", firmware.mode() == ControlMode.ADMIN ? 1 : 0)
                .set("OptInCodeTimeout", consent.codeTimeout().toSeconds())
                .set("OptInDisplayTimeout", consent.displayTimeout().toSeconds())
                .set("OptInRequired", consent.policy().cimValue())
                .set("OptInState", consent.state().cimValue())
                .build();
    }

    private static void put(Call call, Instance before, Instance after, Arguments given)
            throws FaultException {
        Consent consent = call.firmware().consent();
        ConsentPolicy policy =
                ConsentPolicy.of(after.number("OptInRequired"))
                        .orElseThrow(() -> Arguments.invalid("OptInRequired"));
        if (policy != consent.policy() && call.firmware().mode() == ControlMode.CLIENT) {
            throw FaultException.internal(Status.NOT_PERMITTED);
        }
        if (policy != consent.policy()) {
            consent.policy(policy);
            call.audit(AuditEvent.OPT_IN_POLICY_CHANGED);
        }
        consent.timeouts(
                Duration.ofSeconds(after.number("OptInCodeTimeout")),
                Duration.ofSeconds(after.number("OptInDisplayTimeout")));
    }

    private static Output start(Call call, Arguments in) {
        return answer(call.firmware().consent().start());
    }

    private static Output send(Call call, Arguments in) throws FaultException {
        long code = in.number("OptInCode", 0, 0xFFFF_FFFFL);
        Consent.Answer answer = call.firmware().consent().send(code);
        if (answer == Consent.Answer.DONE) {
            call.audit(AuditEvent.OPT_IN_CODE_SENT, 0);
        }
        return answer(answer);
    }

    private static Output answer(Consent.Answer answer) {
        return switch (answer) {
            case DONE -> Output.done();
            case INVALID_STATE -> Output.returning(INVALID_STATE);
            case WRONG_CODE -> Output.returning(0x812);
        };
    }
}
