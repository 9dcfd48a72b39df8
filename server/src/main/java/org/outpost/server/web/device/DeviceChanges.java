package org.outpost.server.web.device;

import org.outpost.access.AccessControl;
import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Verb;
import org.outpost.inventory.label.DeviceLabel;
import org.outpost.inventory.label.DeviceLabels;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.account.Authority;
import org.outpost.server.web.amt.AmtLogins;
import org.outpost.server.web.audit.ActionNote;
import org.springframework.http.HttpStatus;

import java.util.UUID;

/**
 * Changes what people say of devices, for those who may: a new device is made in a tenant that the
 * caller administers, one that is there is changed by its administrators, and only who administers
 * the whole server gives it to another tenant. Its login goes with it.
 */
public final class DeviceChanges {
    private final DeviceLabels labels;
    private final AccessControl access;
    private final Authority authority;
    private final AmtLogins logins;

    /** Changes these. */
    public DeviceChanges(
            DeviceLabels labels, AccessControl access, Authority authority, AmtLogins logins) {
        this.labels = labels;
        this.access = access;
        this.authority = authority;
        this.logins = logins;
    }

    /**
     * Makes a change.
     *
     * @param known whether the device called in or is expected
     * @throws org.springframework.web.ErrorResponseException when it makes no sense, or the caller
     *     may not
     */
    void make(DeviceChange wanted, boolean known, Caller caller) {
        UUID id = wanted.device();
        ActionNote.device(id);
        DeviceTraits device = DeviceController.traits(labels.of(id));
        String target = tenant(wanted, known, device, caller);
        wanted.check();
        // A tag may bring a device into groups, and so others to rights that the caller has not.
        authority.grants(caller, access.grantsByTags(target, wanted.added(labels.of(id))));
        String before = device.tenant();
        // Logins first: tried again after a failure, the whole is done.
        move(id, before, target);
        DeviceLabel now =
                Answers.await(
                        labels.change(
                                id,
                                former ->
                                        former.tenant().equals(before)
                                                ? wanted.of(former, target)
                                                : former));
        if (!now.tenant().equals(target)) {
            move(id, target, now.tenant());
            throw Answers.problem(
                    HttpStatus.CONFLICT,
                    "Somebody else gave this device to another tenant just now; look at it again.");
        }
    }

    private void move(UUID device, String from, String to) {
        if (!from.equals(to)) {
            Answers.await(logins.move(device, from, to));
        }
    }

    /** Whose the device is to be. */
    private String tenant(DeviceChange wanted, boolean known, DeviceTraits device, Caller caller) {
        String asked = wanted.tenantId();
        String target;
        if (known) {
            target = asked == null ? device.tenant() : asked;
            refuseStrangers(device, target, caller);
        } else {
            target = asked == null ? caller.tenant() : asked;
            if (!caller.mayThroughout(Verb.ADMIN, target)) {
                throw Answers.noDevice();
            }
        }
        if (!access.isTenant(target)) {
            throw Answers.invalid(Invalid.inBody("tenantId", "There is no such tenant"));
        }
        return target;
    }

    private static void refuseStrangers(DeviceTraits device, String target, Caller caller) {
        if (!caller.sees(device)) {
            throw Answers.noDevice();
        }
        boolean moves = !target.equals(device.tenant());
        if (!caller.may(Verb.ADMIN, device) || (moves && !caller.mayEverywhere(Verb.ADMIN))) {
            throw Answers.problem(
                    HttpStatus.FORBIDDEN,
                    moves
                            ? "Only who administers the whole server gives a device to another"
                                    + " tenant."
                            : "This needs the right 'admin' for this device.");
        }
    }
}
