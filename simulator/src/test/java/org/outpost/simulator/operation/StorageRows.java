package org.outpost.simulator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.operation.DeviceClient.failure;
import static org.outpost.simulator.operation.DeviceClient.get;

import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.operation.storage.SoftwareList;
import org.outpost.amt.operation.storage.SoftwareService;
import org.outpost.amt.operation.storage.SoftwareService.Written;
import org.outpost.amt.operation.storage.StorageAdministration;
import org.outpost.amt.operation.storage.StorageApplication;
import org.outpost.amt.operation.storage.StorageBlock;
import org.outpost.amt.operation.storage.StorageService;
import org.outpost.amt.operation.storage.StorageService.Session;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** Third-party data storage. */
final class StorageRows {
    private static final int SIZE = 12_288;

    private StorageRows() {}

    static List<Row> rows() {
        return List.of(
                new Row("third-party data storage", StorageRows::blocks),
                new Row("list of software", StorageRows::software));
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
        get(new StorageAdministration(device.calls()).admit(application, 65_536));

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

    private static void software(DeviceClient device) {
        SoftwareService service = new SoftwareService(device.calls());
        assertThat(get(service.read())).as("before it is written").isEmpty();

        SoftwareList list =
                new SoftwareList(
                        List.of(
                                new SoftwareList.Item("bash", "5.2.15-2+b7", "Debian"),
                                new SoftwareList.Item("Editor", "", "")));
        assertThat(get(service.write(list))).isEqualTo(Written.STORED);
        assertThat(get(service.read())).contains(list);
        assertThat(get(service.write(list))).as("the flash is spared").isEqualTo(Written.UNCHANGED);

        SoftwareList longer = many();
        assertThat(get(service.write(longer))).as("in a larger block").isEqualTo(Written.STORED);
        assertThat(get(service.read())).contains(longer);
        assertThat(get(service.write(list))).isEqualTo(Written.STORED);
        assertThat(get(service.read())).as("less than before").contains(list);
    }

    /** Too many for the block that a short list gets; the numbers do not pack well. */
    private static SoftwareList many() {
        Random random = new Random(2);
        return new SoftwareList(
                IntStream.range(0, 1500)
                        .mapToObj(
                                i ->
                                        new SoftwareList.Item(
                                                "package-" + i,
                                                Long.toString(random.nextLong(), 36),
                                                "Example"))
                        .toList());
    }
}
