package org.outpost.simulator.wsman;

import org.outpost.simulator.account.Account;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.firmware.InstanceTable;
import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.log.AuditRecord.Initiator;

import java.util.List;

/**
 * Who asks whom.
 *
 * @param firmware the device that is asked
 * @param account who is signed in
 * @param address IP address from where; empty when there is none
 * @param catalog the classes of the model
 */
public record Call(Firmware firmware, Account account, String address, Catalog catalog) {
    /** The stored instances of a class, to be changed. */
    public InstanceTable table(String className) {
        return catalog.get(className).table(firmware);
    }

    /** The instances of a class as they are shown. */
    public List<Instance> instances(String className) {
        return catalog.get(className).instances(firmware);
    }

    /** Stores an instance in the place of the one with its keys. */
    public void store(Instance instance) {
        table(instance.className()).put(instance);
    }

    /** Notes in the audit log that the user did something. */
    public void audit(AuditEvent event, int... data) {
        firmware.journal().audit(event, new Initiator.User(account.user()), address, data);
    }
}
