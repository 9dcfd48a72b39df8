package org.outpost.access.secret;

import org.outpost.access.secret.DeviceLogin.Amt;
import org.outpost.access.secret.DeviceLogin.Mebx;
import org.outpost.access.secret.DeviceLogin.Mps;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** How the server gets into devices, kept in the {@link Vault}. */
public final class DeviceLogins {
    private final Vault vault;

    /** Keeps them in a vault. */
    public DeviceLogins(Vault vault) {
        this.vault = vault;
    }

    /**
     * Stores a login in the place of the one of its kind.
     *
     * @param login stays the caller's to close, at any time
     * @return completes when it is durable
     */
    public CompletionStage<Void> put(UUID device, String tenant, DeviceLogin login) {
        SecretName name = SecretName.ofDevice(login.kind(), device, tenant);
        return switch (login) {
            case Amt amt -> vault.putBytes(name, encoded(amt));
            case Mebx mebx -> vault.put(name, mebx.password());
            case Mps mps -> vault.put(name, mps.password());
        };
    }

    /** The user's length, the user and the password. */
    private static byte[] encoded(Amt amt) {
        byte[] user = amt.user().getBytes(StandardCharsets.UTF_8);
        byte[] password = amt.password().utf8();
        byte[] content =
                ByteBuffer.allocate(1 + user.length + password.length)
                        .put((byte) user.length)
                        .put(user)
                        .put(password)
                        .array();
        Arrays.fill(password, (byte) 0);
        return content;
    }

    private static Amt decoded(byte[] content) {
        try {
            int length = content[0] & 0xff;
            String user = new String(content, 1, length, StandardCharsets.UTF_8);
            return new Amt(
                    user,
                    SecretText.ofUtf8(
                            ByteBuffer.wrap(content, 1 + length, content.length - 1 - length)));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** AMT's user and password, the caller's to close; empty when they are not known. */
    public CompletionStage<Optional<Amt>> amt(UUID device, String tenant) {
        return vault.getBytes(SecretName.ofDevice(Amt.KIND, device, tenant))
                .thenApply(found -> found.map(DeviceLogins::decoded));
    }

    /** The MEBx password, the caller's to close; empty when it is not known. */
    public CompletionStage<Optional<Mebx>> mebx(UUID device, String tenant) {
        return vault.get(SecretName.ofDevice(Mebx.KIND, device, tenant))
                .thenApply(found -> found.map(Mebx::new));
    }

    /** The password of the tunnel door, the caller's to close; empty when it is not known. */
    public CompletionStage<Optional<Mps>> mps(UUID device, String tenant) {
        return vault.get(SecretName.ofDevice(Mps.KIND, device, tenant))
                .thenApply(found -> found.map(Mps::new));
    }

    /** Follows a device to another tenant, with all its logins; says how many there were. */
    public CompletionStage<Integer> move(UUID device, String from, String to) {
        return vault.move(device.toString(), from, to);
    }
}
