package org.outpost.simulator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.operation.DeviceClient.failure;
import static org.outpost.simulator.operation.DeviceClient.get;
import static org.outpost.simulator.operation.DeviceClient.patiently;

import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.operation.Confirmation;
import org.outpost.amt.operation.power.PowerService;
import org.outpost.amt.operation.setup.SetupService;

import java.util.List;

/** The end of a device's management; nothing can be asked of it after that. */
final class SetupRows {
    private SetupRows() {}

    static List<Row> rows() {
        return List.of(new Row("deactivation", SetupRows::deactivation));
    }

    private static void deactivation(DeviceClient device) {
        assertThat(get(new SetupService(device.calls()).deactivate()))
                .isEqualTo(Confirmation.CONFIRMED);

        patiently().until(() -> device.tunnel().isEmpty());
        assertThat(failure(new PowerService(device.calls()).status()))
                .isInstanceOfAny(
                        AmtFailure.Unreachable.class,
                        AmtFailure.ConnectionLost.class,
                        // the port is open on the LAN, and nobody behind it
                        AmtFailure.TlsFailed.class);
    }
}
