package org.outpost.simulator.wsman.model;

import org.outpost.simulator.wsman.Catalog;
import org.outpost.simulator.wsman.CimClass;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All classes of AMT that a device may have. */
public final class AmtModel {
    private AmtModel() {}

    /** The catalog, made anew; one serves all devices of a process. */
    public static Catalog catalog() {
        List<CimClass> classes =
                Stream.of(
                                IdentityClasses.classes(),
                                SetupClasses.classes(),
                                InventoryClasses.classes(),
                                PowerClasses.classes(),
                                BootClasses.classes(),
                                LogClasses.classes(),
                                ConsentClasses.classes(),
                                RedirectionClasses.classes(),
                                AccountClasses.classes(),
                                CertificateClasses.classes(),
                                TlsClasses.classes(),
                                NetworkClasses.classes(),
                                WirelessClasses.classes(),
                                EventClasses.classes(),
                                TrapClasses.classes(),
                                RemoteAccessClasses.classes(),
                                AlarmClasses.classes(),
                                AgentPresenceClasses.classes(),
                                StorageClasses.classes(),
                                IsolationClasses.classes())
                        .flatMap(List::stream)
                        .toList();
        return new Catalog(
                classes,
                Map.of(
                        "CIM_ServiceAvailableToElement",
                        List.of("CIM_AssociatedPowerManagementService"),
                        "CIM_ListenerDestination",
                        List.of(EventClasses.DESTINATION),
                        "CIM_RedirectionService",
                        List.of("AMT_RedirectionService")));
    }
}
