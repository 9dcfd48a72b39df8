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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * What consoles may reach: the users of the API what they were granted, all others what is written
 * for them. From memory alone; asked anew for each connection.
 */
public final class GrantedConsoles implements ConsoleRights {
    /** What stands before the name of a user of the API. */
    static final String USER = "user:";

    private static final Logger log = LoggerFactory.getLogger(GrantedConsoles.class);

    private final AccessControl access;
    private final Function<UUID, DeviceTraits> devices;
    private final List<Grant> others;

    /**
     * Asks these.
     *
     * @param devices what rights to a device depend on
     * @param others what consoles may that are no users of the API
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

    /** Nothing opaque leads around a recording: who must be recorded there is refused. */
    @Override
    public boolean mayReach(Console console, UUID device, int port) {
        Caller caller = caller(console);
        DeviceTraits traits = devices.apply(device);
        if (!caller.may(new TunnelRight(port), traits)) {
            return false;
        }
        if (caller.isRecorded(traits)) {
            log.atInfo()
                    .addKeyValue("user", console.user())
                    .addKeyValue("device", device)
                    .addKeyValue("port", port)
                    .log(
                            "a role of this user is recorded, so no door leads to the device: what"
                                    + " flows there cannot be recorded");
            return false;
        }
        return true;
    }

    private Caller caller(Console console) {
        return new Caller(
                console.user(), "", "door", access.permissions(grants(console)), Scope.ALL);
    }

    private List<Grant> grants(Console console) {
        if (!console.user().startsWith(USER)) {
            return others;
        }
        return access.users()
                .find(console.user().substring(USER.length()))
                .filter(User::enabled)
                .map(User::grants)
                .orElse(List.of());
    }
}
