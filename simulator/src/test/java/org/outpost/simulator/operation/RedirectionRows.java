package org.outpost.simulator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.operation.DeviceClient.failure;
import static org.outpost.simulator.operation.DeviceClient.get;

import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.operation.redirection.Display;
import org.outpost.amt.operation.redirection.KvmService;
import org.outpost.amt.operation.redirection.RedirectionFeatures;
import org.outpost.amt.operation.redirection.RedirectionService;
import org.outpost.amt.operation.redirection.RedirectionService.Session;

import java.time.Duration;
import java.util.List;

/** What may be redirected, and KVM's settings. */
final class RedirectionRows {
    private static final Duration BRIEF = Duration.ofSeconds(1);

    private RedirectionRows() {}

    static List<Row> rows() {
        return List.of(
                new Row("redirection", RedirectionRows::redirection),
                new Row("KVM", RedirectionRows::kvm));
    }

    private static void redirection(DeviceClient device) {
        RedirectionService service = new RedirectionService(device.calls());
        for (boolean[] wanted :
                new boolean[][] {
                    {true, false, false},
                    {false, true, true},
                    {false, false, false},
                    {true, true, true}
                }) {
            RedirectionFeatures expected =
                    new RedirectionFeatures(
                            wanted[0] || wanted[1] || wanted[2],
                            wanted[0],
                            wanted[1],
                            wanted[2],
                            true);
            assertThat(get(service.set(wanted[0], wanted[1], wanted[2]))).isEqualTo(expected);
            assertThat(get(service.features())).isEqualTo(expected);
        }
        assertThat(failure(new RedirectionService(device.calls(BRIEF)).terminate(Session.SOL)))
                .as("nobody has a session")
                .isInstanceOf(AmtFailure.ReturnValue.class);
        assertThat(get(service.accessLog())).isNotNull();
    }

    private static void kvm(DeviceClient device) {
        KvmService service = new KvmService(device.calls());
        List<Display> displays = get(service.displays());
        assertThat(displays)
                .filteredOn(Display::active)
                .isNotEmpty()
                .allSatisfy(display -> assertThat(display.resolutionX()).isPositive());

        get(service.defaultScreen(1));
        assertThat(get(service.settings()).defaultScreen()).hasValue(1);
        assertThat(get(service.displays()))
                .filteredOn(Display::isDefault)
                .extracting(Display::displayIndex)
                .containsExactly(1);
        get(service.defaultScreen(0));

        get(service.port5900(true, "P@ssw0rd"));
        assertThat(get(service.settings()).port5900()).isTrue();
        get(service.port5900(false, ""));
        assertThat(get(service.settings()).port5900()).isFalse();
        assertThat(failure(new KvmService(device.calls(BRIEF)).terminate()))
                .as("nobody has a session")
                .isInstanceOf(AmtFailure.ReturnValue.class);
    }
}
