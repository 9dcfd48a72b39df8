package org.outpost.simulator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.operation.DeviceClient.assertUnsupported;
import static org.outpost.simulator.operation.DeviceClient.failure;
import static org.outpost.simulator.operation.DeviceClient.get;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.operation.agentpresence.AgentPresenceService;
import org.outpost.amt.operation.alarm.AlarmClockService;
import org.outpost.amt.operation.boot.BootService;
import org.outpost.amt.operation.consent.ConsentService;
import org.outpost.amt.operation.consent.ConsentState.Required;
import org.outpost.amt.operation.network.NetworkService;
import org.outpost.amt.operation.network.NetworkService.LinkOwner;
import org.outpost.amt.operation.power.OsPowerSaving;
import org.outpost.amt.operation.power.PowerService;
import org.outpost.amt.operation.redirection.KvmService;
import org.outpost.amt.operation.redirection.RedirectionFeatures;
import org.outpost.amt.operation.redirection.RedirectionService;
import org.outpost.amt.operation.remoteaccess.HttpProxy;
import org.outpost.amt.operation.remoteaccess.HttpProxyService;
import org.outpost.amt.operation.subscription.PetFilter;
import org.outpost.amt.operation.subscription.PetService;
import org.outpost.amt.operation.version.VersionService;
import org.outpost.amt.operation.wifi.WifiService;
import org.outpost.amt.operation.wifi.WifiState;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** What firmware of another generation does not have is told as that, and the rest works. */
@TestInstance(Lifecycle.PER_CLASS)
class OldGenerationsTest {
    private final Map<Kind, DeviceClient> devices = new EnumMap<>(Kind.class);
    private SimulatorProcess simulator;

    /** The devices, in the order in which the simulator numbers them. */
    private enum Kind {
        DESKTOP_6_2(Way.TUNNEL),
        LAPTOP_11_8(Way.LAN_TLS),
        DESKTOP_18_0(Way.TUNNEL_TLS),
        LAPTOP_16_1(Way.LAN_TLS);

        private final Way way;

        Kind(Way way) {
            this.way = way;
        }
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        simulator =
                new SimulatorProcess(folder, "127.89.0.", 4, "--generations=6.2,11.8,18.0,16.1");
        for (Kind kind : Kind.values()) {
            devices.put(kind, new DeviceClient(simulator, 1 + devices.size(), kind.way));
        }
    }

    @AfterAll
    void stop() {
        devices.values().forEach(DeviceClient::close);
        simulator.close();
    }

    private DeviceClient device(Kind kind) {
        DeviceClient found = devices.get(kind);
        assertThat(found).isNotNull();
        return found;
    }

    @Test
    void amt6HasNoKvmAndNoneOfTheLaterServices() {
        DeviceClient old = device(Kind.DESKTOP_6_2);
        assertThat(get(new VersionService(old.calls()).firmware()).version().orElseThrow().major())
                .isEqualTo(6);
        KvmService kvm = new KvmService(old.calls());
        assertUnsupported(kvm.settings());
        assertUnsupported(kvm.displays());
        assertUnsupported(kvm.defaultScreen(0));
        assertUnsupported(kvm.port5900(true, "P@ssw0rd"));
        assertUnsupported(kvm.terminate());
        ConsentService consent = new ConsentService(old.calls());
        assertUnsupported(consent.state());
        assertUnsupported(consent.start());
        assertUnsupported(consent.send(123456));
        assertUnsupported(consent.cancel());
        assertUnsupported(consent.require(Required.ALL));
        PowerService power = new PowerService(old.calls());
        assertUnsupported(power.osPowerSaving());
        assertUnsupported(power.requestOsPowerSaving(OsPowerSaving.SAVING));
        assertUnsupported(power.bootReason());
        assertUnsupported(new AlarmClockService(old.calls()).list());
        assertUnsupported(new WifiService(old.calls()).wired8021x());
        AgentPresenceService agents = new AgentPresenceService(old.calls());
        assertUnsupported(agents.resetAction());
        assertUnsupported(agents.setResetAction(true, true, 30));
    }

    @Test
    void amt6SwitchesWhatItHas() {
        RedirectionService service = new RedirectionService(device(Kind.DESKTOP_6_2).calls());

        assertThat(get(service.set(true, false, true)))
                .isEqualTo(new RedirectionFeatures(true, true, false, false, false));
    }

    @Test
    void aDesktopHasNoWirelessLink() {
        DeviceClient desktop = device(Kind.DESKTOP_18_0);
        WifiService wifi = new WifiService(desktop.calls());
        assertUnsupported(wifi.state());
        assertUnsupported(wifi.request(WifiState.ON_IN_S0));
        assertThat(
                        failure(
                                new NetworkService(desktop.calls())
                                        .preferLink(LinkOwner.MANAGEMENT, 60)))
                .isInstanceOfAny(AmtFailure.ReturnValue.class, AmtFailure.Unsupported.class);
    }

    @Test
    void httpProxiesCameWithAmt12() {
        for (Kind kind : new Kind[] {Kind.DESKTOP_6_2, Kind.LAPTOP_11_8}) {
            HttpProxyService proxies = new HttpProxyService(device(kind).calls());
            assertUnsupported(proxies.list());
            assertUnsupported(proxies.add(new HttpProxy("", "192.0.2.1", 3128, "example.test")));
            assertUnsupported(proxies.remove("nothing"));
        }
        assertThat(get(new HttpProxyService(device(Kind.LAPTOP_16_1).calls()).list())).isEmpty();
    }

    @Test
    void trapsWentWithAmt18() {
        PetService gone = new PetService(device(Kind.DESKTOP_18_0).calls());
        assertUnsupported(gone.filters());
        assertUnsupported(gone.subscribers());
        assertUnsupported(gone.addFilter(PetFilter.everything(7)));
        assertUnsupported(gone.subscribe("192.0.2.5", 7, ""));

        assertThat(get(new PetService(device(Kind.LAPTOP_16_1).calls()).filters())).isNotEmpty();
    }

    @Test
    void oneClickRecoveryCameWithAmt16() {
        assertThat(get(new BootService(device(Kind.LAPTOP_11_8).calls()).recovery()).ocr())
                .isFalse();

        BootService service = new BootService(device(Kind.LAPTOP_16_1).calls());
        for (boolean on : new boolean[] {false, true}) {
            get(service.enableRecovery(on, false));
            assertThat(get(service.recovery()).ocr()).isEqualTo(on);
        }
    }
}
