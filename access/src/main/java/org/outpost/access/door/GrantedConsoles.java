package org.outpost.access.door;

import org.outpost.access.AccessControl;
import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Grant;
import org.outpost.access.right.Scope;
import org.outpost.access.right.TunnelRight;
import org.outpost.access.user.User;
import org.outpost.gateway.route.Console;
import org.outpost.gateway.route.ConsoleRights;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * What consoles may reach: what the user of their name was granted, or, where there is none, what
 * all such consoles may. From memory alone; asked anew for each connection.
 */
public final class GrantedConsoles implements ConsoleRights {
    private final AccessControl access;
    private final Function<UUID, DeviceTraits> devices;
    private final List<Grant> others;

    /**
     * Asks these.
     *
     * @param devices what rights to a device depend on
     * @param others what consoles may whose name is no user's
     */
    public GrantedConsoles(
            AccessControl access, Function<UUID, DeviceTraits> devices, List<Grant> others) {
        this.access = access;
        this.devices = devices;
        this.others = List.copyOf(others);
    }

    @Override
    public boolean sees(Console console, UUID device) {
        return caller(console).sees(devices.apply(device));
    }

    @Override
    public boolean mayReach(Console console, UUID device, int port) {
        return caller(console).may(new TunnelRight(port), devices.apply(device));
    }

    private Caller caller(Console console) {
        User user = access.users().find(console.user()).orElse(null);
        List<Grant> grants;
        if (user == null) {
            grants = others;
        } else {
            grants = user.enabled() ? user.grants() : List.of();
        }
        return new Caller(console.user(), "", "door", access.permissions(grants), Scope.ALL);
    }
}
