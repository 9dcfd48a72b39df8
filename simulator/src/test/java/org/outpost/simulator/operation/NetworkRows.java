package org.outpost.simulator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.operation.DeviceClient.failure;
import static org.outpost.simulator.operation.DeviceClient.get;

import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.operation.Confirmation;
import org.outpost.amt.operation.network.NetworkService;
import org.outpost.amt.operation.network.NetworkService.LinkOwner;
import org.outpost.amt.operation.network.PortSettings;
import org.outpost.amt.operation.network.StaticAddress;
import org.outpost.amt.operation.wifi.Ieee8021x;
import org.outpost.amt.operation.wifi.NewWifiProfile;
import org.outpost.amt.operation.wifi.WifiProfile;
import org.outpost.amt.operation.wifi.WifiService;
import org.outpost.amt.operation.wifi.WifiState;

import java.util.List;
import java.util.Optional;

/** The ports, Wi-Fi and 802.1X. */
final class NetworkRows {
    private static final int WPA2_PSK = 6;
    private static final int WPA2_8021X = 7;
    private static final int CCMP = 4;
    private static final int PEAP = 2;

    private NetworkRows() {}

    static List<Row> rows() {
        return List.of(
                new Row("wired port", NetworkRows::wired),
                new Row("link preference", NetworkRows::preference),
                new Row("Wi-Fi state and synchronization", NetworkRows::wifi),
                new Row("Wi-Fi profiles", NetworkRows::profiles),
                new Row("802.1X", NetworkRows::enterprise));
    }

    private static void wired(DeviceClient device) {
        NetworkService service = new NetworkService(device.calls());
        assertThat(get(service.ports()))
                .extracting(PortSettings::instanceId)
                .containsExactly(PortSettings.WIRED, PortSettings.WIRELESS);
        StaticAddress address =
                new StaticAddress(
                        "192.0.2.17", "255.255.255.0", "192.0.2.1", "192.0.2.53", "192.0.2.54");

        assertThat(get(service.useStatic(PortSettings.WIRED, address)))
                .isEqualTo(Confirmation.CONFIRMED);
        PortSettings fixed = get(service.port(PortSettings.WIRED));
        assertThat(fixed.dhcp()).isFalse();
        assertThat(fixed.ipAddress()).isEqualTo("192.0.2.17");
        assertThat(fixed.secondaryDns()).isEqualTo("192.0.2.54");

        get(service.useDhcp(PortSettings.WIRED));
        PortSettings dynamic = get(service.port(PortSettings.WIRED));
        assertThat(dynamic.dhcp()).isTrue();
        assertThat(dynamic.ipSync()).isTrue();

        get(service.change(PortSettings.WIRED, read -> read.with("LinkPolicy", List.of("1"))));
        assertThat(get(service.port(PortSettings.WIRED)).linkPolicy()).containsExactly(1);
        get(
                service.change(
                        PortSettings.WIRED, read -> read.with("LinkPolicy", List.of("1", "14"))));
        assertThat(get(service.port(PortSettings.WIRED)).linkPolicy()).containsExactly(1, 14);
    }

    private static void preference(DeviceClient device) {
        NetworkService service = new NetworkService(device.calls());

        get(service.preferLink(LinkOwner.MANAGEMENT, 60));
        PortSettings ours = get(service.port(PortSettings.WIRELESS));
        assertThat(ours.linkPreference()).hasValue(1);
        assertThat(ours.linkControl()).hasValue(1);
        get(service.preferLink(LinkOwner.HOST, 0));
        assertThat(get(service.port(PortSettings.WIRELESS)).linkPreference()).hasValue(2);
    }

    private static void wifi(DeviceClient device) {
        WifiService service = new WifiService(device.calls());
        for (WifiState state : WifiState.values()) {
            get(service.request(state));
            assertThat(get(service.state())).isEqualTo(state);
        }
        for (int mode : new int[] {3, 1, 0}) {
            get(service.synchronize(mode, false));
            assertThat(get(service.synchronization())).isEqualTo(mode);
        }
    }

    private static NewWifiProfile psk(String name, String ssid) {
        return new NewWifiProfile(
                name, ssid, 11, WPA2_PSK, CCMP, Optional.of("S3cret-Wifi"), Optional.empty());
    }

    private static Optional<WifiProfile> find(WifiService service, String name) {
        return get(service.profiles()).stream().filter(one -> one.name().equals(name)).findFirst();
    }

    private static void profiles(DeviceClient device) {
        WifiService service = new WifiService(device.calls());

        get(service.add(psk("matrix", "first")));
        WifiProfile added = find(service, "matrix").orElseThrow();
        assertThat(added.ssid()).isEqualTo("first");
        assertThat(added.authentication()).hasValue(WPA2_PSK);
        assertThat(failure(service.add(psk("matrix", "first")))).isInstanceOf(AmtFailure.class);

        get(service.update(psk("matrix", "second")));
        assertThat(find(service, "matrix").orElseThrow().ssid()).isEqualTo("second");
        get(service.remove("matrix"));
        assertThat(find(service, "matrix")).isEmpty();
    }

    private static void enterprise(DeviceClient device) {
        WifiService service = new WifiService(device.calls());
        assertThat(get(service.wired8021x()).textOr("InstanceID", "")).isNotEmpty();
        int before = get(service.wireless8021x()).size();

        get(
                service.add(
                        new NewWifiProfile(
                                "company",
                                "company",
                                12,
                                WPA2_8021X,
                                CCMP,
                                Optional.empty(),
                                Optional.of(
                                        new Ieee8021x(
                                                PEAP,
                                                "pc-user",
                                                Optional.of("P@ssw0rd"),
                                                Optional.empty(),
                                                Optional.empty())))));
        assertThat(get(service.wireless8021x()))
                .hasSize(before + 1)
                .anySatisfy(
                        one -> {
                            assertThat(one.textOr("Username", "")).isEqualTo("pc-user");
                            assertThat(one.child("Password")).isEmpty();
                        });
        get(service.remove("company"));
        assertThat(get(service.wireless8021x())).hasSize(before);
    }
}
