package org.outpost.simulator.wsman.model;

import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Reference;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Property;
import org.outpost.simulator.wsman.WsmanFault;

import java.util.List;

/** TLS settings and the certificate that TLS uses (wsman.md §10.2). */
final class TlsClasses {
    static final String CONTEXT = "AMT_TLSCredentialContext";
    private static final String SETTINGS = "AMT_TLSSettingData";
    private static final String COLLECTION = "AMT_TLSProtocolEndpointCollection";
    private static final String COLLECTION_NAME = "TLSProtocolEndpoint Instances Collection";

    private TlsClasses() {}

    static List<CimClass> classes() {
        return List.of(
                CimClass.named(SETTINGS)
                        .many(
                                firmware ->
                                        List.of(
                                                settings(
                                                        firmware,
                                                        "Intel(r) AMT 802.3 TLS Settings"),
                                                settings(
                                                        firmware, "Intel(r) AMT LMS TLS Settings")))
                        .writable(
                                Property.flag("Enabled"),
                                Property.flag("MutualAuthentication"),
                                Property.flag("AcceptNonSecureConnections"),
                                Property.texts("TrustedCN", 4, 256))
                        .onPut(TlsClasses::put)
                        .build(),
                CimClass.named(COLLECTION)
                        .keys("ElementName")
                        .single(firmware -> Instance.of(COLLECTION).named(COLLECTION_NAME).build())
                        .build(),
                CimClass.named(CONTEXT)
                        .keys("ElementInContext", "ElementProvidingContext")
                        .writable(
                                Property.any("ElementInContext"),
                                Property.any("ElementProvidingContext"))
                        .onPut(TlsClasses::putContext)
                        .creatable(TlsClasses::createContext)
                        .deletable(TlsClasses::deleteContext)
                        .build());
    }

    private static Instance settings(Firmware firmware, String id) {
        boolean plainIsGone = firmware.profile().generation().compareTo(Generation.AMT_16_1) >= 0;
        return Instance.of(SETTINGS)
                .set("InstanceID", id)
                .named(id)
                .set("AcceptNonSecureConnections", !plainIsGone)
                .set("Enabled", true)
                .set("MutualAuthentication", false)
                .build();
    }

    private static void put(Call call, Instance before, Instance after, Arguments given)
            throws FaultException {
        boolean plainIsGone =
                call.firmware().profile().generation().compareTo(Generation.AMT_16_1) >= 0;
        if (plainIsGone && (!after.flag("Enabled") || after.flag("AcceptNonSecureConnections"))) {
            throw FaultException.internal(Status.UNSUPPORTED);
        }
        call.audit(AuditEvent.TLS_STATE_CHANGED);
    }

    private static Instance createContext(Call call, Arguments given) throws FaultException {
        Reference certificate = given.reference("ElementInContext");
        check(call, certificate);
        if (!call.instances(CONTEXT).isEmpty()) {
            throw new FaultException(WsmanFault.ALREADY_EXISTS);
        }
        call.audit(AuditEvent.TLS_CERTIFICATE_SET);
        return Instance.of(CONTEXT)
                .set("ElementInContext", certificate)
                .set("ElementProvidingContext", given.reference("ElementProvidingContext"))
                .build();
    }

    private static void putContext(Call call, Instance before, Instance after, Arguments given)
            throws FaultException {
        check(call, given.reference("ElementInContext"));
        call.table(CONTEXT).remove(before);
        call.audit(AuditEvent.TLS_CERTIFICATE_SET);
    }

    private static void check(Call call, Reference certificate) throws FaultException {
        boolean leaf =
                call.table(CertificateClasses.CERTIFICATE)
                        .find("InstanceID", certificate.key("InstanceID"))
                        .filter(found -> !found.flag("TrustedRootCertficate"))
                        .isPresent();
        if (!leaf) {
            throw FaultException.internal(Status.INVALID_CERT);
        }
    }

    private static void deleteContext(Call call, Instance context) {
        call.audit(AuditEvent.TLS_CERTIFICATE_REMOVED);
    }
}
