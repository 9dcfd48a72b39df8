package org.outpost.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;

class DeviceKeyTest {
    @Test
    void anOrdinaryUuidIsItsOwnKey() {
        UUID uuid = UUID.fromString("4c4c4544-005a-3510-8047-b4c04f564433");

        DeviceKey key = DeviceKey.of(uuid, "anyone");

        assertThat(key.id()).isEqualTo(uuid);
        assertThat(key.isJunk()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "03000200-0400-0500-0006-000700080009",
                "00020003-0004-0005-0006-000700080009"
            })
    void aJunkUuidIsKeyedByTheCredential(String text) {
        UUID junk = UUID.fromString(text);

        DeviceKey one = DeviceKey.of(junk, "one");
        DeviceKey two = DeviceKey.of(junk, "two");

        assertThat(one.isJunk()).isTrue();
        assertThat(one.announced()).isEqualTo(junk);
        assertThat(one.id()).isNotEqualTo(junk).isNotEqualTo(two.id());
        assertThat(one.id().version()).isEqualTo(8);
        assertThat(one.id().variant()).isEqualTo(2);
        assertThat(DeviceKey.of(junk, "one")).isEqualTo(one);
    }
}
