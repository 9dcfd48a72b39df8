package org.outpost.simulator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.outpost.simulator.operation.DeviceClient.assertUnsupported;
import static org.outpost.simulator.operation.DeviceClient.failure;
import static org.outpost.simulator.operation.DeviceClient.get;

import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.operation.explorer.ExplorerService;
import org.outpost.amt.operation.general.GeneralSettings;
import org.outpost.amt.operation.general.GeneralSettingsService;
import org.outpost.amt.operation.hardware.HardwareService;
import org.outpost.amt.operation.hardware.Inventory;
import org.outpost.amt.operation.time.TimeService;
import org.outpost.amt.operation.version.AmtVersion;
import org.outpost.amt.operation.version.Firmware;
import org.outpost.amt.operation.version.VersionService;
import org.outpost.amt.wsman.Exploration;
import org.outpost.amt.wsman.Selectors;
import org.outpost.amt.xml.Element;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who a device is, what it is made of, and what time it has. */
final class IdentityRows {
    private IdentityRows() {}

    static List<Row> rows() {
        return List.of(
                new Row("version and setup", IdentityRows::version),
                new Row("general settings", IdentityRows::general),
                new Row("hardware", IdentityRows::hardware),
                new Row("time", IdentityRows::time),
                new Row("explorer", IdentityRows::explorer));
    }

    private static void version(DeviceClient device) {
        VersionService service = new VersionService(device.calls());

        AmtVersion byHeader = get(service.identify()).orElseThrow();
        Firmware firmware = get(service.firmware());

        assertThat(firmware.version().orElseThrow().text()).startsWith("15.0.");
        assertThat(byHeader.major()).isEqualTo(15);
        assertThat(firmware.fullAmt()).isTrue();
        assertThat(get(service.setup()).controlMode()).hasValue(2);
        assertThat(get(service.setup()).provisioningMode()).hasValue(1);
    }

    private static void general(DeviceClient device) {
        GeneralSettingsService service = new GeneralSettingsService(device.calls());
        GeneralSettings before = get(service.settings());
        assertThat(before.fqdn()).contains(device.name() + ".example.test");
        assertThat(before.digestRealm()).matches("Digest:[0-9A-F]{32}");

        get(service.rename("renamed", "elsewhere.test"));
        assertThat(get(service.settings()).fqdn()).contains("renamed.elsewhere.test");
        get(service.rename(before.hostName(), before.domainName()));

        get(service.change(read -> read.with("PingResponseEnabled", !before.pingResponse())));
        GeneralSettings after = get(service.settings());
        assertThat(after.pingResponse()).isNotEqualTo(before.pingResponse());
        assertThat(after.fqdn()).as("the rest is as it was").isEqualTo(before.fqdn());

        assertThat(get(service.uuid())).contains(device.tunnel().orElseThrow().device());
    }

    private static void hardware(DeviceClient device) {
        HardwareService service = new HardwareService(device.calls());

        Inventory inventory = get(service.inventory());

        assertThat(inventory.uuid()).contains(device.tunnel().orElseThrow().device());
        assertThat(inventory.processors())
                .singleElement()
                .satisfies(cpu -> assertThat(cpu.brand()).contains("i7-9850H"));
        assertThat(inventory.memory()).hasSize(2);
        assertThat(inventory.disks()).allSatisfy(disk -> assertThat(disk.model()).isNotEmpty());
        assertThat(inventory.batteries()).as("of a laptop").hasSize(1);
        assertThat(inventory.bios().released()).isPresent();
        assertThat(get(service.instances()).get("CIM_Card"))
                .singleElement()
                .satisfies(
                        card ->
                                assertThat(card.textOr("SerialNumber", ""))
                                        .isEqualTo(inventory.board().serialNumber()));
    }

    private static void time(DeviceClient device) {
        InstantSource ahead = () -> Instant.now().plus(1, ChronoUnit.HOURS);
        TimeService wrong = new TimeService(device.calls(), ahead);
        TimeService right = new TimeService(device.calls(), InstantSource.system());
        assertNow(right, Duration.ZERO);

        Duration behind = get(wrong.synchronize());
        assertThat(behind).isCloseTo(Duration.ofHours(-1), Duration.ofSeconds(5));
        assertNow(right, Duration.ofHours(1));

        get(right.synchronize());
        assertNow(right, Duration.ZERO);
    }

    private static void assertNow(TimeService service, Duration ahead) {
        assertThat(get(service.read()))
                .isCloseTo(Instant.now().plus(ahead), within(5, ChronoUnit.SECONDS));
    }

    private static void explorer(DeviceClient device) {
        ExplorerService service = new ExplorerService(device.calls());

        Exploration one = get(service.get("AMT_GeneralSettings", Selectors.NONE));
        assertThat(one.instances())
                .singleElement()
                .satisfies(
                        read ->
                                assertThat(read.textOr("InstanceID", ""))
                                        .isEqualTo("Intel(r) AMT: General Settings"));
        Exploration all = get(service.enumerate("CIM_SoftwareIdentity"));
        assertThat(all.instances()).hasSizeGreaterThan(5);
        assertThat(all.exchanges()).isNotEmpty();
        assertUnsupported(service.get("CIM_NoSuchThing", Selectors.NONE));

        assertThat(
                        get(service.change(
                                        "AMT_GeneralSettings",
                                        Map.of(),
                                        Map.of("PingResponseEnabled", false)))
                                .flag("PingResponseEnabled"))
                .contains(false);
        Element time =
                get(
                        service.invoke(
                                "AMT_TimeSynchronizationService",
                                "GetLowAccuracyTimeSynch",
                                Map.of(),
                                Map.of()));
        assertThat(time.number("Ta0")).isPresent();
        assertThat(
                        failure(
                                service.invoke(
                                        "CIM_PowerManagementService",
                                        "RequestPowerStateChange",
                                        Map.of(),
                                        inOrder(
                                                "PowerState",
                                                77,
                                                "ManagedElement",
                                                Map.of(
                                                        "class",
                                                        "CIM_ComputerSystem",
                                                        "selectors",
                                                        Map.of("Name", "ManagedSystem"))))))
                .isInstanceOf(AmtFailure.ReturnValue.class);
    }

    /** Names and values, in this order. */
    private static Map<String, Object> inOrder(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
