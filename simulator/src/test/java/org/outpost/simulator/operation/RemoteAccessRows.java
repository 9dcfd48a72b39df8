package org.outpost.simulator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.operation.DeviceClient.failure;
import static org.outpost.simulator.operation.DeviceClient.get;
import static org.outpost.simulator.operation.DeviceClient.patiently;

import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.operation.remoteaccess.AccessPolicy;
import org.outpost.amt.operation.remoteaccess.EnvironmentDetection;
import org.outpost.amt.operation.remoteaccess.HttpProxy;
import org.outpost.amt.operation.remoteaccess.HttpProxyService;
import org.outpost.amt.operation.remoteaccess.MpsServer;
import org.outpost.amt.operation.remoteaccess.NewMpsServer;
import org.outpost.amt.operation.remoteaccess.RemoteAccessService;
import org.outpost.amt.operation.remoteaccess.RemoteAccessService.UserInterfaces;
import org.outpost.amt.operation.remoteaccess.Trigger;
import org.outpost.amt.wsman.EndpointReference;
import org.outpost.simulator.support.TestTunnel;

import java.util.List;

/** Whom the device calls, and when. */
final class RemoteAccessRows {
    private RemoteAccessRows() {}

    static List<Row> rows() {
        return List.of(
                new Row("servers and policies", RemoteAccessRows::servers),
                new Row("environment detection", RemoteAccessRows::environment),
                new Row("user interfaces", RemoteAccessRows::interfaces),
                new Row("HTTP proxies", RemoteAccessRows::proxies),
                new Row("the tunnel itself", RemoteAccessRows::tunnel));
    }

    private static void servers(DeviceClient device) {
        RemoteAccessService service = new RemoteAccessService(device.calls());
        int before = get(service.servers()).size();
        EndpointReference server =
                get(
                        service.addServer(
                                new NewMpsServer(
                                        "mps.example.test",
                                        4433,
                                        "device",
                                        "P@ssw0rd",
                                        "mps.example.test")));
        MpsServer added =
                get(service.servers()).stream()
                        .filter(one -> one.accessInfo().equals("mps.example.test"))
                        .findFirst()
                        .orElseThrow();
        assertThat(added.port()).isEqualTo(4433);
        assertThat(added.infoFormat()).isEqualTo(201);

        Trigger daily = new Trigger.Daily(18, 30);
        get(service.addPolicy(daily, 300, List.of(server)));
        assertThat(get(service.policies()))
                .filteredOn(one -> one.name().equals("Periodic"))
                .singleElement()
                .satisfies(
                        policy -> {
                            assertThat(policy.trigger()).isEqualTo(2);
                            assertThat(policy.extendedData()).isEqualTo("AAAAAQAAABIAAAAe");
                            assertThat(policy.tunnelLifeTime()).hasValue(300);
                        });
        assertThat(get(service.assignments()))
                .anySatisfy(
                        one ->
                                assertThat(
                                                one.child("PolicySet")
                                                        .flatMap(EndpointReference::read)
                                                        .orElseThrow()
                                                        .selectors()
                                                        .text("PolicyRuleName"))
                                        .contains("Periodic"));
        assertThat(failure(service.addPolicy(daily, 300, List.of(server))))
                .as("one of a kind")
                .isInstanceOf(AmtFailure.class);

        get(service.removePolicy("Periodic"));
        assertThat(get(service.policies()))
                .extracting(AccessPolicy::name)
                .doesNotContain("Periodic");
        get(service.removeServer(added.name()));
        assertThat(get(service.servers())).hasSize(before);
    }

    private static void environment(DeviceClient device) {
        RemoteAccessService service = new RemoteAccessService(device.calls());
        EnvironmentDetection before = get(service.environment());
        EnvironmentDetection wanted =
                new EnvironmentDetection(List.of("example.test", "office.example.test"), List.of());

        get(service.setEnvironment(wanted));
        assertThat(get(service.environment())).isEqualTo(wanted);
        get(service.setEnvironment(before));
        assertThat(get(service.environment())).isEqualTo(before);
    }

    private static void interfaces(DeviceClient device) {
        RemoteAccessService service = new RemoteAccessService(device.calls());
        for (UserInterfaces wanted :
                List.of(
                        new UserInterfaces(false, false),
                        new UserInterfaces(true, false),
                        new UserInterfaces(false, true),
                        new UserInterfaces(true, true))) {
            get(service.setUserInterfaces(wanted));
            assertThat(get(service.userInterfaces())).isEqualTo(wanted);
        }
    }

    private static void proxies(DeviceClient device) {
        HttpProxyService service = new HttpProxyService(device.calls());
        HttpProxy proxy = new HttpProxy("", "proxy.example.test", 3128, "example.test");

        get(service.add(proxy));
        HttpProxy added =
                get(service.list()).stream()
                        .filter(one -> one.address().equals("proxy.example.test"))
                        .findFirst()
                        .orElseThrow();
        assertThat(added.port()).isEqualTo(3128);
        assertThat(added.networkSuffix()).isEqualTo("example.test");
        assertThat(failure(service.add(proxy)))
                .as("a duplicate")
                .isInstanceOf(AmtFailure.ReturnValue.class);
        get(service.remove(added.name()));
        assertThat(get(service.list())).isEmpty();
    }

    private static void tunnel(DeviceClient device) {
        RemoteAccessService service = new RemoteAccessService(device.calls());
        assertThat(get(service.tunnel()).connected()).contains(true);
        TestTunnel before = device.tunnel().orElseThrow();

        get(service.closeTunnel());

        patiently().until(() -> !before.isOpen());
        patiently().until(() -> device.tunnel().isPresent());
        patiently()
                .untilAsserted(() -> assertThat(get(service.tunnel()).connected()).contains(true));
    }
}
