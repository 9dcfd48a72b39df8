package org.outpost.simulator.redirection;

import org.outpost.simulator.account.Account;
import org.outpost.simulator.account.Realm;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.machine.Consent;
import org.outpost.simulator.machine.Machine;
import org.outpost.simulator.machine.Redirection;

import java.util.Optional;
import java.util.Set;

/** A simulated firmware as its redirection sees it: its accounts, its PC, its switches. */
public final class FirmwareHost implements RedirectionHost {
    private final Firmware firmware;

    /** Over this firmware. */
    public FirmwareHost(Firmware firmware) {
        this.firmware = firmware;
    }

    @Override
    public String realm() {
        return firmware.accounts().realm();
    }

    @Override
    public Optional<String> passwordHash(String user) {
        return firmware.accounts()
                .find(user)
                .filter(account -> account.allows(Set.of(Realm.REDIRECTION)))
                .map(Account::userHash);
    }

    @Override
    public boolean clearTextAllowed() {
        return true;
    }

    @Override
    public void signInFailed(String user, String address) {
        firmware.journal().signInFailed(user, address);
    }

    @Override
    public Machine machine() {
        return firmware.machine();
    }

    @Override
    public Redirection redirection() {
        return firmware.redirection();
    }

    @Override
    public Consent consent() {
        return firmware.consent();
    }
}
