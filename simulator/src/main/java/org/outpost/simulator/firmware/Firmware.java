package org.outpost.simulator.firmware;

import io.netty.util.concurrent.EventExecutor;

import org.outpost.simulator.account.Accounts;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.identity.DeviceProfile;
import org.outpost.simulator.log.AuditLog;
import org.outpost.simulator.log.EventLog;
import org.outpost.simulator.machine.Consent;
import org.outpost.simulator.machine.ConsentPolicy;
import org.outpost.simulator.machine.Machine;
import org.outpost.simulator.machine.Power;
import org.outpost.simulator.machine.Redirection;
import org.outpost.simulator.machine.RedirectionKind;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Everything that one device remembers: its accounts, logs, settings, and the PC around it. Made
 * when somebody first talks to the device; settings of a class when they are first changed. To be
 * used on the device's event loop only.
 */
public final class Firmware {
    private final DeviceProfile profile;
    private final FirmwareSettings settings;
    private final Hardware hardware;
    private final Machine machine;
    private final Consent consent;
    private final Redirection redirection;
    private final Accounts accounts;
    private final EventLog eventLog = new EventLog();
    private final AuditLog auditLog = new AuditLog();
    private final Journal journal;
    private final Map<String, InstanceTable> tables = new HashMap<>();
    private final Map<Class<?>, Object> states = new HashMap<>();
    private final List<Runnable> farewells = new CopyOnWriteArrayList<>();
    private RemoteTunnel tunnel = RemoteTunnel.NONE;
    private ControlMode mode;
    private Duration clockOffset = Duration.ZERO;
    private boolean provisioned = true;

    /**
     * The firmware of a device that is set up and has not been used yet.
     *
     * @param profile who it is
     * @param settings what else it is made with
     */
    public Firmware(DeviceProfile profile, FirmwareSettings settings) {
        this.profile = profile;
        this.settings = settings;
        this.mode = settings.mode();
        this.hardware = Hardware.of(profile);
        this.accounts =
                new Accounts(profile.digestRealm(), settings.administrator(), settings.password());
        this.machine =
                new Machine(
                        profile.hostName(),
                        Power.of(profile.power()),
                        settings.loop(),
                        settings.timing(),
                        profile.uuid().getMostSignificantBits());
        SecureRandom codes = new SecureRandom();
        this.consent =
                new Consent(
                        machine,
                        mode == ControlMode.CLIENT ? ConsentPolicy.ALL : settings.consent(),
                        settings.loop(),
                        () -> codes.nextInt(Consent.CODES));
        this.redirection = new Redirection(consent, kinds(profile));
        this.journal = new Journal(this);
    }

    private static Set<RedirectionKind> kinds(DeviceProfile profile) {
        Set<RedirectionKind> kinds = EnumSet.allOf(RedirectionKind.class);
        if (!profile.generation().hasKvm()) {
            kinds.remove(RedirectionKind.KVM);
        }
        return kinds;
    }

    /** Who it is. */
    public DeviceProfile profile() {
        return profile;
    }

    /** What the PC is made of. */
    public Hardware hardware() {
        return hardware;
    }

    /** The PC around it. */
    public Machine machine() {
        return machine;
    }

    /** The user's consent. */
    public Consent consent() {
        return consent;
    }

    /** Redirection sessions and their switches. */
    public Redirection redirection() {
        return redirection;
    }

    /** Who may sign in. */
    public Accounts accounts() {
        return accounts;
    }

    /** The event log. */
    public EventLog eventLog() {
        return eventLog;
    }

    /** The audit log. */
    public AuditLog auditLog() {
        return auditLog;
    }

    /** Notes what happens in the logs. */
    public Journal journal() {
        return journal;
    }

    /** Where everything of this device happens. */
    public EventExecutor loop() {
        return settings.loop();
    }

    /** Runs what takes longer than an event loop may. */
    public Executor background() {
        return settings.background();
    }

    /** Who owns the device. */
    public ControlMode mode() {
        return mode;
    }

    /** Gives it to the organisation. */
    public void upgradeToAdmin() {
        mode = ControlMode.ADMIN;
    }

    /** The device's own time. */
    public Instant now() {
        return settings.clock().instant().plus(clockOffset);
    }

    /** Moves the device's clock. */
    public void adjustClock(Duration by) {
        clockOffset = clockOffset.plus(by);
    }

    /** The tunnel to the server. */
    public RemoteTunnel tunnel() {
        return tunnel;
    }

    /** Says which tunnel it has. */
    public void attach(RemoteTunnel toServer) {
        tunnel = toServer;
    }

    /** Whether it is set up; one that is not answers nobody. */
    public boolean provisioned() {
        return provisioned;
    }

    /** Tells when the device is not set up any more. */
    public void onFarewell(Runnable farewell) {
        farewells.add(farewell);
    }

    /** Forgets its set-up after a moment in which its last answer leaves. */
    public void unprovision() {
        settings.loop()
                .schedule(
                        () -> {
                            provisioned = false;
                            farewells.forEach(Runnable::run);
                        },
                        1,
                        TimeUnit.SECONDS);
    }

    /** Whether instances of a class are stored already. */
    public boolean hasTable(String className) {
        return tables.containsKey(className);
    }

    /**
     * The stored instances of a class.
     *
     * @param keys the class's keys
     * @param seed makes those it has from the start, when they are first needed
     */
    public InstanceTable table(
            String className, List<String> keys, Function<Firmware, List<Instance>> seed) {
        InstanceTable table = tables.get(className);
        if (table == null) {
            table = new InstanceTable(keys, seed.apply(this));
            tables.put(className, table);
        }
        return table;
    }

    /** Puts a class back to what it had from the start. */
    public void forgetTable(String className) {
        tables.remove(className);
    }

    /** What one part of the firmware remembers; made when it is first needed. */
    public <T> T state(Class<T> type, Function<Firmware, T> create) {
        Object state = states.get(type);
        if (state == null) {
            state = create.apply(this);
            states.put(type, state);
        }
        return type.cast(state);
    }
}
