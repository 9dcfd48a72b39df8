package org.outpost.simulator.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

class PopulationTest {
    private final Population population =
            new Population("seed", "pc", "example.test", Generation.usual());

    @Test
    void theSameSeedMakesTheSameDevices() {
        Population again = new Population("seed", "pc", "example.test", Generation.usual());

        assertThat(again.devices(1, 50))
                .containsExactlyElementsOf(population.devices(1, 50).toList());
    }

    @Test
    void theSameSeedMakesTheSameDevicesInEveryRelease() {
        assertThat(population.device(7).uuid()).hasToString("e7367cd4-6162-4dca-ad36-25b2e0951b11");
    }

    @Test
    void anotherSeedMakesOtherDevices() {
        assertThat(
                        new Population("other", "pc", "example.test", Generation.usual())
                                .device(1)
                                .uuid())
                .isNotEqualTo(population.device(1).uuid());
    }

    @Test
    void aDeviceDoesNotDependOnTheSizeOfItsFleet() {
        assertThat(population.devices(5, 1))
                .containsExactly(population.devices(1, 9).toList().get(4));
    }

    @Test
    void tenThousandDevicesDifferInUuidNameRealmAndCard() {
        List<DeviceProfile> devices = population.devices(1, 10_000).toList();

        assertThat(devices.stream().map(DeviceProfile::uuid).distinct()).hasSize(10_000);
        assertThat(devices.stream().map(DeviceProfile::fqdn).distinct()).hasSize(10_000);
        assertThat(devices.stream().map(DeviceProfile::digestRealm).distinct()).hasSize(10_000);
        assertThat(devices.stream().map(DeviceProfile::macAddress).distinct()).hasSize(10_000);
    }

    @Test
    void namesAreReadable() {
        assertThat(population.device(7).fqdn()).isEqualTo("pc-0007.example.test");
        assertThat(population.device(12_345).hostName()).isEqualTo("pc-12345");
        assertThat(new Population("seed", "PC", "", Generation.usual()).device(7).fqdn())
                .isEqualTo("pc-0007");
    }

    @Test
    void everyGenerationIsAmongTheFirstSeven() {
        Set<Generation> generations =
                population.devices(1, 7).map(DeviceProfile::generation).collect(Collectors.toSet());

        assertThat(generations).containsExactlyInAnyOrderElementsOf(Generation.usual());
    }

    @Test
    void realmVersionAndUuidHaveTheFormOfRealOnes() {
        assertThat(population.devices(1, 100))
                .allSatisfy(
                        device -> {
                            assertThat(device.digestRealm()).matches("Digest:[0-9A-F]{32}");
                            assertThat(device.version().text()).matches("\\d+\\.\\d+\\.\\d+");
                            assertThat(device.version().text())
                                    .startsWith(device.generation().label() + ".");
                            assertThat(device.uuid().version()).isEqualTo(4);
                            assertThat(device.uuid().variant()).isEqualTo(2);
                            assertThat(device.macAddress()).matches("([0-9a-f]{2}-){5}[0-9a-f]{2}");
                        });
    }

    @Test
    void aFleetMayConsistOfSomeGenerationsOnlyAndTheDevicesStayTheSame() {
        Population some =
                new Population("seed", "pc", "example.test", Generation.parse("12.0, 16.1"));

        assertThat(some.devices(1, 3).map(DeviceProfile::generation))
                .containsExactly(Generation.AMT_12_0, Generation.AMT_16_1, Generation.AMT_12_0);
        assertThat(some.devices(1, 9).map(DeviceProfile::uuid))
                .isEqualTo(population.devices(1, 9).map(DeviceProfile::uuid).toList());
    }

    @Test
    void plainPortsAreGoneFrom161OnAndVncFrom19On() {
        assertThat(Generation.AMT_15_0.ports())
                .containsExactly(16993, 16992, 664, 623, 16995, 16994, 5900);
        assertThat(Generation.AMT_16_1.ports()).containsExactly(16993, 664, 16995, 5900);
        assertThat(Generation.AMT_19_0.ports()).containsExactly(16993, 664, 16995);
    }

    @Test
    void onlySomeOfGeneration15SayKeepAliveEveryNinetySeconds() {
        List<DeviceProfile> devices = population.devices(1, 700).toList();

        assertThat(devices.stream().filter(device -> device.keepAlive().toSeconds() == 90))
                .isNotEmpty()
                .allMatch(device -> device.generation() == Generation.AMT_15_0);
        assertThat(devices.stream().filter(device -> device.generation() == Generation.AMT_15_0))
                .anyMatch(device -> device.keepAlive().equals(Duration.ofSeconds(30)));
    }

    @Test
    void devicesAreNumberedFromOne() {
        assertThatThrownBy(() -> population.device(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
