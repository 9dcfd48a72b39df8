package org.outpost.server.web.amt;

import org.outpost.amt.wsman.http.Credentials;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * With which users the server signs in to AMT of devices. The passwords come out for nobody else.
 */
public interface AmtLogins {
    /**
     * Who a device is signed in to as.
     *
     * @param user the name
     * @param own whether it was given for this device; else it is the configuration's
     */
    record Owner(String user, boolean own) {}

    /** What to sign in with; empty when nobody said so. */
    CompletionStage<Optional<Credentials>> find(UUID device);

    /** As whom. */
    CompletionStage<Optional<Owner>> owner(UUID device);

    /** Stores a device's own login in the place of the one there is; completes when durable. */
    CompletionStage<Void> put(UUID device, String user, String password);

    /** Takes a device's own login along to another tenant; says how many there were. */
    CompletionStage<Integer> move(UUID device, String from, String to);

    /** Removes a device's own login; says whether there was one. */
    CompletionStage<Boolean> remove(UUID device);
}
