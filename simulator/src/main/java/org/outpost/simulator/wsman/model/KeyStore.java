package org.outpost.simulator.wsman.model;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.wsman.Call;

import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;

/** The private keys of a device, which never leave it. */
final class KeyStore {
    private final Map<String, RsaKey> keys = new HashMap<>();

    static KeyStore of(Call call) {
        return call.firmware().state(KeyStore.class, firmware -> new KeyStore());
    }

    void put(String id, RsaKey key) {
        keys.put(id, key);
    }

    void remove(String id) {
        keys.remove(id);
    }

    @Nullable RsaKey get(String id) {
        return keys.get(id);
    }

    /** Whether the private half of that key is here. */
    boolean holds(PublicKey publicKey) {
        return keys.values().stream().anyMatch(key -> key.publicKey().equals(publicKey));
    }
}
