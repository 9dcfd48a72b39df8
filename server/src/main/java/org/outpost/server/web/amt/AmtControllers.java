package org.outpost.server.web.amt;

import org.outpost.access.right.DeviceTraits;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/** Every controller of this package, by the name of its bean. */
public final class AmtControllers {
    private AmtControllers() {}

    /**
     * Makes them.
     *
     * @param devices AMT of the devices
     * @param logins what signs in there
     * @param certificates what they show
     * @param known whether anything is known of a device
     * @param traits what rights to a device depend on
     */
    public static Map<String, Object> of(
            AmtDevices devices,
            AmtLogins logins,
            AmtCertificates certificates,
            Predicate<UUID> known,
            Function<UUID, DeviceTraits> traits) {
        AmtRequests requests = new AmtRequests(devices);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("amtPowerController", new PowerController(requests, traits));
        all.put("amtBootController", new BootController(requests));
        all.put("amtFeaturesController", new FeaturesController(requests));
        all.put("amtGeneralController", new GeneralController(requests));
        all.put("amtHardwareController", new HardwareController(requests));
        all.put("amtLogController", new LogController(requests));
        all.put("amtConsentController", new ConsentController(requests));
        all.put("amtAlarmController", new AlarmController(requests));
        all.put("amtCertificateController", new CertificateController(requests));
        all.put("amtTlsController", new TlsController(requests));
        all.put("amtKvmController", new KvmController(requests));
        all.put("amtNetworkController", new NetworkController(requests));
        all.put("amtWifiController", new WifiController(requests));
        all.put("amtExplorerController", new ExplorerController(requests, traits));
        all.put("amtAccountController", new AccountController(requests));
        all.put("amtRemoteAccessController", new RemoteAccessController(requests));
        all.put("amtSubscriptionController", new SubscriptionController(requests));
        all.put("amtDefenseController", new DefenseController(requests));
        all.put("amtWatchdogController", new WatchdogController(requests));
        all.put("amtStorageController", new StorageController(requests));
        all.put(
                "deviceAmtController",
                new DeviceAmtController(devices, logins, certificates, known));
        return all;
    }
}
