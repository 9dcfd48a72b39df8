package org.outpost.inventory.label;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.database.Database;
import org.outpost.database.PostgresSettings;
import org.outpost.inventory.Inventory;
import org.outpost.testkit.database.DatabaseKind;
import org.outpost.testkit.database.OnBothDatabases;
import org.outpost.testkit.database.TestDatabase;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

@OnBothDatabases
class DeviceLabelsTest {
    private static final UUID DEVICE = UUID.fromString("4c4c4544-005a-3510-8047-b4c04f564433");
    private static final UUID OTHER = UUID.fromString("4c4c4544-005a-3510-8047-b4c04f564434");

    private final TestDatabase place;
    private Database database;
    private DeviceLabels labels;

    DeviceLabelsTest(DatabaseKind kind, @TempDir Path folder) {
        place = kind.fresh(folder);
        database = open();
        labels = new DeviceLabels(database);
    }

    private Database open() {
        List<String> migrations = List.of(Inventory.MIGRATIONS);
        return place.open(
                file -> Database.sqlite(file, migrations),
                address ->
                        Database.postgres(
                                PostgresSettings.of(address.url(), address.user(), null, 2),
                                migrations));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void whatIsSaidIsThereAfterARestart() throws Exception {
        DeviceLabel said =
                new DeviceLabel(
                        DEVICE,
                        "acme",
                        "pc-1",
                        "Reception",
                        "acme.example",
                        Set.of("vienna", "ä\"'tag"),
                        "{\"fwVersion\":\"16.1.25\"}");
        assertThat(get(labels.change(DEVICE, former -> said))).isEqualTo(said);

        database.close();
        database = open();
        labels = new DeviceLabels(database);

        assertThat(labels.of(DEVICE)).isEqualTo(said);
        assertThat(labels.find(OTHER)).isEmpty();
        assertThat(labels.of(OTHER)).isEqualTo(DeviceLabel.none(OTHER));
    }

    @Test
    void noChangeIsLostWhenManyComeAtOnce() throws Exception {
        List<CompletableFuture<DeviceLabel>> changes = new ArrayList<>();
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            String tag = "tag-" + i;
            expected.add(tag);
            changes.add(
                    labels.change(
                                    DEVICE,
                                    former -> {
                                        Set<String> tags = new TreeSet<>(former.tags());
                                        tags.add(tag);
                                        return former.withTags(tags);
                                    })
                            .toCompletableFuture());
        }
        for (CompletableFuture<DeviceLabel> change : changes) {
            get(change);
        }
        assertThat(labels.of(DEVICE).tags()).containsExactlyElementsOf(expected);
    }

    @Test
    void tagsAreCountedOverTheDevicesThatPass() throws Exception {
        get(labels.change(DEVICE, former -> former.withTags(Set.of("lab", "vienna"))));
        get(labels.change(OTHER, former -> former.withTags(Set.of("lab")).withTenant("acme")));

        assertThat(labels.tags(label -> true)).containsEntry("lab", 2).containsEntry("vienna", 1);
        assertThat(labels.tags(label -> label.tenant().equals("acme"))).containsOnlyKeys("lab");
        assertThat(get(labels.remove(OTHER))).isTrue();
        assertThat(get(labels.remove(OTHER))).isFalse();
        assertThat(labels.tags(label -> true)).containsEntry("lab", 1);
        assertThat(labels.all()).hasSize(1);
    }
}
