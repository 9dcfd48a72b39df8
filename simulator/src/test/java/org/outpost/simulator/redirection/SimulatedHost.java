package org.outpost.simulator.redirection;

import io.netty.channel.EventLoop;

import org.outpost.simulator.machine.Consent;
import org.outpost.simulator.machine.ConsentPolicy;
import org.outpost.simulator.machine.Machine;
import org.outpost.simulator.machine.MachineTiming;
import org.outpost.simulator.machine.Power;
import org.outpost.simulator.machine.Redirection;
import org.outpost.simulator.machine.RedirectionKind;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A device with one user, admin / P@ssw0rd, whose PC does everything in milliseconds. */
final class SimulatedHost implements RedirectionHost {
    static final String REALM = "Digest:F3EB554784E729164447A89F60B641C5";

    private final Machine machine;
    private final Consent consent;
    private final Redirection redirection;
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile boolean clearText = true;

    SimulatedHost(EventLoop loop, ConsentPolicy policy) {
        Duration moment = Duration.ofMillis(5);
        machine =
                new Machine(
                        "pc-0001",
                        Power.ON,
                        loop,
                        new MachineTiming(moment, moment, moment, moment, Duration.ofMinutes(2)),
                        1);
        consent = new Consent(machine, policy, loop, () -> 123456);
        redirection = new Redirection(consent, EnumSet.allOf(RedirectionKind.class));
    }

    void clearTextAllowed(boolean allowed) {
        clearText = allowed;
    }

    List<String> failures() {
        return failures;
    }

    @Override
    public String realm() {
        return REALM;
    }

    @Override
    public Optional<String> passwordHash(String user) {
        return user.equals("admin")
                ? Optional.of(md5("admin:" + REALM + ":P@ssw0rd"))
                : Optional.empty();
    }

    @Override
    public boolean clearTextAllowed() {
        return clearText;
    }

    @Override
    public void signInFailed(String user, String address) {
        failures.add(user);
    }

    @Override
    public Machine machine() {
        return machine;
    }

    @Override
    public Redirection redirection() {
        return redirection;
    }

    @Override
    public Consent consent() {
        return consent;
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("MD5")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
