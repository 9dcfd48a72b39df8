package org.outpost.simulator.firmware;

import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.log.AuditRecord;
import org.outpost.simulator.log.AuditRecord.Initiator;
import org.outpost.simulator.log.EventRecord;
import org.outpost.simulator.machine.BootPlan;
import org.outpost.simulator.machine.ConsentListener;
import org.outpost.simulator.machine.MachineListener;
import org.outpost.simulator.machine.Power;
import org.outpost.simulator.machine.RedirectionKind;
import org.outpost.simulator.machine.RedirectionListener;
import org.outpost.simulator.machine.RedirectionSession;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * Notes what happens: events of the PC and of sessions (events.md §2) in the event log, what
 * somebody did (wsman.md §9.2) in the audit log.
 */
public final class Journal {
    private static final int PLATFORM = 0x68;
    private static final int ENGINE = 0x58;
    private static final int MONITOR = 0x01;
    private static final int INFORMATION = 0x02;
    private static final int CRITICAL = 0x10;
    private static final int BIOS = 0x22;
    private static final int MANAGEMENT_DEVICE = 0x26;
    private static final int LAN = 0x61;
    private static final int SENSOR_SPECIFIC = 0x6F;
    private static final int MEANINGFUL = 0x40;
    private static final int OEM = 0xAA;

    private final Firmware firmware;
    private int failedSignIns;

    Journal(Firmware firmware) {
        this.firmware = firmware;
        firmware.machine().listen(new PcEvents());
        firmware.redirection().listen(new SessionEvents());
        firmware.consent()
                .listen(
                        new ConsentListener() {
                            @Override
                            public void failed() {
                                audit(AuditEvent.OPT_IN_CODE_SENT, new Initiator.Local(), "", 1);
                            }
                        });
    }

    /** Notes an event of the PC's firmware. */
    private void platform(int sensor, int offset, int severity, int... data) {
        event(sensor, SENSOR_SPECIFIC, offset, PLATFORM, severity, BIOS, 0, data);
    }

    /** Notes a notification of AMT itself (sensor C0h). */
    public void notification(int reason, int code) {
        event(0xC0, 0x70, 0, ENGINE, INFORMATION, MANAGEMENT_DEVICE, LAN, OEM, reason << 4, code);
    }

    /** Notes that an agent on the PC is in another state now. */
    public void agent(byte[] guid, int state) {
        event(
                0x12,
                0x0A,
                0,
                ENGINE,
                MONITOR,
                MANAGEMENT_DEVICE,
                0,
                OEM,
                guid[0],
                guid[1],
                guid[2],
                guid[3],
                guid[4],
                guid[5],
                state);
    }

    /** Notes a failed sign-in; each tenth is an event. */
    public void signInFailed(String user, String address) {
        failedSignIns++;
        if (failedSignIns % 10 == 0) {
            event(
                    0x06,
                    SENSOR_SPECIFIC,
                    5,
                    PLATFORM,
                    CRITICAL,
                    MANAGEMENT_DEVICE,
                    LAN,
                    OEM,
                    failedSignIns,
                    failedSignIns >> 8);
            audit(AuditEvent.INVALID_CREDENTIALS, new Initiator.User(user), address);
        }
    }

    /** Notes what somebody did. */
    public void audit(AuditEvent event, Initiator initiator, String address, int... data) {
        firmware.auditLog()
                .add(
                        new AuditRecord(
                                event,
                                initiator,
                                firmware.now().getEpochSecond(),
                                address,
                                Arrays.stream(data).boxed().toList()));
    }

    private void event(
            int sensor,
            int type,
            int offset,
            int source,
            int severity,
            int entity,
            int instance,
            int... data) {
        EventRecord record =
                new EventRecord(
                        firmware.now().getEpochSecond(),
                        sensor,
                        type,
                        offset,
                        source,
                        severity,
                        entity,
                        instance,
                        Arrays.stream(data).boxed().toList());
        firmware.eventLog().add(record);
    }

    /** The address that an audit record names; empty when it has none. */
    public static String address(InetSocketAddress peer) {
        InetAddress address = peer.getAddress();
        return address == null ? "" : address.getHostAddress();
    }

    private final class PcEvents implements MachineListener {
        @Override
        public void postStarted(BootPlan plan) {
            platform(0x25, 0, MONITOR, MEANINGFUL);
        }

        @Override
        public void postProgress(int code) {
            platform(0x0F, 2, MONITOR, MEANINGFUL, code);
        }

        @Override
        public void noBootableMedia(BootPlan plan) {
            platform(0x1E, 0, CRITICAL, MEANINGFUL);
        }

        @Override
        public void watchdogExpired() {
            platform(0x20, 1, CRITICAL);
        }

        @Override
        public void powerChanged(Power before, Power after) {
            if (after == Power.HARD_OFF) {
                platform(0x20, 0, CRITICAL);
            }
        }
    }

    private final class SessionEvents implements RedirectionListener {
        private static final int REMOTE_DIAGNOSTICS = 3;

        @Override
        public void started(RedirectionSession session) {
            note(session, true);
        }

        @Override
        public void ended(RedirectionSession session) {
            note(session, false);
        }

        private void note(RedirectionSession session, boolean start) {
            AuditEvent event =
                    switch (session.kind()) {
                        case SOL -> {
                            notification(REMOTE_DIAGNOSTICS, start ? 0 : 1);
                            yield start ? AuditEvent.SOL_OPENED : AuditEvent.SOL_CLOSED;
                        }
                        case IDER -> {
                            notification(REMOTE_DIAGNOSTICS, start ? 2 : 3);
                            yield start ? AuditEvent.IDER_OPENED : AuditEvent.IDER_CLOSED;
                        }
                        case KVM -> start ? AuditEvent.KVM_STARTED : AuditEvent.KVM_ENDED;
                    };
            audit(event, new Initiator.User(session.user()), address(session.peer()));
        }

        @Override
        public void switched(RedirectionKind kind, boolean enabled, String user) {
            AuditEvent event =
                    switch (kind) {
                        case SOL -> enabled ? AuditEvent.SOL_ENABLED : AuditEvent.SOL_DISABLED;
                        case IDER -> enabled ? AuditEvent.IDER_ENABLED : AuditEvent.IDER_DISABLED;
                        case KVM -> enabled ? AuditEvent.KVM_ENABLED : AuditEvent.KVM_DISABLED;
                    };
            audit(event, new Initiator.User(user), "");
        }
    }
}
