package org.outpost.simulator.machine;

import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What may be redirected and what is (wsman.md §7): a switch for each kind, the listener on 16994
 * and 16995, the VNC port 5900, and the open sessions, one of each kind at most. To be used on the
 * device's event loop only.
 */
public final class Redirection {
    /** What comes of the wish for a session. */
    public sealed interface Admission {
        /** It is open; {@link RedirectionSession#close()} ends it. */
        record Open(RedirectionSession session) implements Admission {}

        /** It is not. */
        record Refused(Refusal reason) implements Admission {}
    }

    /** Why a session is refused. */
    public enum Refusal {
        /** Its kind is switched off, or the firmware has none. */
        DISABLED,
        /** Another one of its kind is open. */
        BUSY,
        /** The user has to consent first. */
        CONSENT_REQUIRED
    }

    private final Consent consent;
    private final Set<RedirectionKind> enabled = EnumSet.noneOf(RedirectionKind.class);
    private final Map<RedirectionKind, RedirectionSession> open =
            new EnumMap<>(RedirectionKind.class);
    private final List<RedirectionListener> listeners = new CopyOnWriteArrayList<>();
    private boolean listening = true;
    private boolean vncPort;
    private String vncPassword = "";

    /**
     * Everything that the firmware has is switched on, except for port 5900.
     *
     * @param consent decides which sessions need the user
     * @param kinds what the firmware has; no KVM before AMT 6.2
     */
    public Redirection(Consent consent, Set<RedirectionKind> kinds) {
        this.consent = consent;
        enabled.addAll(kinds);
    }

    /** Tells of everything from now on. */
    public void listen(RedirectionListener listener) {
        listeners.add(listener);
    }

    /** Whether a kind is switched on. */
    public boolean enabled(RedirectionKind kind) {
        return enabled.contains(kind);
    }

    /** Switches a kind. An open session stays. */
    public void enable(RedirectionKind kind, boolean on, String user) {
        if (on ? enabled.add(kind) : enabled.remove(kind)) {
            listeners.forEach(listener -> listener.switched(kind, on, user));
        }
    }

    /** Whether 16994 and 16995 take connections. */
    public boolean listening() {
        return listening;
    }

    /** Decides whether 16994 and 16995 take connections. */
    public void listening(boolean on) {
        listening = on;
    }

    /** Whether 5900 takes connections: KVM and the port are switched on and it has a password. */
    public boolean vncListening() {
        return vncPort && enabled(RedirectionKind.KVM) && !vncPassword.isEmpty();
    }

    /** Whether the switch for 5900 is on. */
    public boolean vncPort() {
        return vncPort;
    }

    /** Switches 5900. */
    public void vncPort(boolean on) {
        vncPort = on;
    }

    /** Password of 5900, eight characters; empty when there is none. */
    public String vncPassword() {
        return vncPassword;
    }

    /** Sets the password of 5900. */
    public void vncPassword(String password) {
        vncPassword = password;
    }

    /**
     * Opens a session if nothing is against it.
     *
     * @param user who is signed in
     * @param peer from where
     * @param end ends the session's connection when the firmware is told to
     */
    public Admission open(RedirectionKind kind, String user, InetSocketAddress peer, Runnable end) {
        if (!enabled(kind)) {
            return new Admission.Refused(Refusal.DISABLED);
        }
        if (open.containsKey(kind)) {
            return new Admission.Refused(Refusal.BUSY);
        }
        if (!consent.allows(kind)) {
            return new Admission.Refused(Refusal.CONSENT_REQUIRED);
        }
        RedirectionSession session = new RedirectionSession(this, kind, user, peer, end);
        open.put(kind, session);
        consent.sessionStarted();
        listeners.forEach(listener -> listener.started(session));
        return new Admission.Open(session);
    }

    /** The open session of a kind. */
    public Optional<RedirectionSession> session(RedirectionKind kind) {
        return Optional.ofNullable(open.get(kind));
    }

    void ended(RedirectionSession session) {
        if (open.remove(session.kind(), session)) {
            consent.sessionEnded();
            listeners.forEach(listener -> listener.ended(session));
        }
    }
}
