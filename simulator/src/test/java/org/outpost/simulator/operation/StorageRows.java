package org.outpost.simulator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.operation.DeviceClient.failure;
import static org.outpost.simulator.operation.DeviceClient.get;

import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.operation.storage.StorageApplication;
import org.outpost.amt.operation.storage.StorageBlock;
import org.outpost.amt.operation.storage.StorageService;
import org.outpost.amt.operation.storage.StorageService.Session;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;

import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Third-party data storage. */
final class StorageRows {
    private static final int SIZE = 12_288;

    private StorageRows() {}

    static List<Row> rows() {
        return List.of(new Row("third-party data storage", StorageRows::blocks));
    }

    /** Who may use the storage is said once, by whoever sets the device up. */
    private static void admit(DeviceClient device) {
        AmtClass admin = AmtClass.of("AMT_ThirdPartyDataStorageAdministrationService");
        get(
                device.calls()
                        .invoke(
                                Invocation.of(admin, "AddStorageEaclEntry")
                                        .with("EnterpriseName", "Example")));
        get(
                device.calls()
                        .invoke(
                                Invocation.of(admin, "AddStorageFpaclEntry")
                                        .with("ApplicationName", "assets")
                                        .with("VendorName", "Outpost")
                                        .with("IsPartner", true)
                                        .with("TotalAllocationSize", 65_536)));
    }

    private static void blocks(DeviceClient device) {
        StorageService service = new StorageService(device.calls());
        StorageApplication application =
                new StorageApplication(
                        UUID.fromString("11111111-2222-3333-4444-555555555555"),
                        "Outpost",
                        "assets",
                        "Example");
        assertThat(failure(service.register(application)))
                .as("before it is admitted")
                .isInstanceOf(AmtFailure.ReturnValue.class);
        admit(device);

        Session session = get(service.register(application));
        long room = get(service.bytesAvailable(session));
        long handle = get(service.allocate(session, "software", SIZE, false));
        assertThat(get(service.bytesAvailable(session))).isEqualTo(room - SIZE);
        StorageBlock block = new StorageBlock(handle, "software", SIZE, false);
        assertThat(get(service.blocks(session))).isEqualTo(List.of(block));

        byte[] written = new byte[SIZE];
        new Random(1).nextBytes(written);
        get(service.write(session, block, written));
        assertThat(get(service.read(session, block))).isEqualTo(written);

        Session again = get(service.register(application));
        assertThat(get(service.read(again, block))).as("by the next session").isEqualTo(written);
        get(service.deallocate(again, handle));
        assertThat(get(service.blocks(again))).isEmpty();
        assertThat(get(service.bytesAvailable(again))).isEqualTo(room);
    }
}
