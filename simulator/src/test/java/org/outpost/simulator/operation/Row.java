package org.outpost.simulator.operation;

import java.util.List;
import java.util.stream.Stream;

/**
 * A line of the matrix: some operations that belong together, and what a device must show for them.
 *
 * @param name what it is about
 * @param check fails when the device does not show it
 */
record Row(String name, Check check) {
    /** All of them. The last takes the device out of management. */
    static List<Row> all() {
        return Stream.of(
                        IdentityRows.rows(),
                        PowerRows.rows(),
                        LogRows.rows(),
                        AccessRows.rows(),
                        CertificateRows.rows(),
                        RedirectionRows.rows(),
                        NetworkRows.rows(),
                        RemoteAccessRows.rows(),
                        AlertRows.rows(),
                        DefenseRows.rows(),
                        StorageRows.rows(),
                        SetupRows.rows())
                .flatMap(List::stream)
                .toList();
    }

    /** What a row asks and expects. */
    interface Check {
        void on(DeviceClient device) throws Exception;
    }
}
