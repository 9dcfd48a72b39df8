package org.outpost.simulator.machine;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * The user's consent (wsman.md §8): a code of six digits on the screen, read out by the user, sent
 * by the technician. Three wrong codes start all over; a code that nobody sends, and a consent that
 * nobody uses, end after their time. To be used on the device's event loop only.
 */
public final class Consent {
    /** What came of a request. */
    public enum Answer {
        /** Done. */
        DONE,
        /** Not in this state. */
        INVALID_STATE,
        /** Another code. */
        WRONG_CODE
    }

    /** Codes are from 0 to this number, exclusive. */
    public static final int CODES = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Consent.class);
    private static final int TRIES = 3;

    private final Machine machine;
    private final ScheduledExecutorService loop;
    private final IntSupplier codes;
    private final List<ConsentListener> listeners = new CopyOnWriteArrayList<>();
    private ConsentPolicy policy;
    private Duration codeTimeout = Duration.ofMinutes(2);
    private Duration displayTimeout = Duration.ofMinutes(5);
    private ConsentState state = ConsentState.NOT_STARTED;
    private int code;
    private int wrong;
    private int sessions;
    private @Nullable Future<?> expiry;

    /**
     * Nobody has consented to anything.
     *
     * @param machine whose screen shows the code
     * @param policy for what consent is needed
     * @param codes makes codes from 0 to {@link #CODES} - 1
     */
    public Consent(
            Machine machine,
            ConsentPolicy policy,
            ScheduledExecutorService loop,
            IntSupplier codes) {
        this.machine = machine;
        this.policy = policy;
        this.loop = loop;
        this.codes = codes;
        machine.listen(
                new MachineListener() {
                    @Override
                    public void powerChanged(Power before, Power after) {
                        // a code is void when the PC goes off (simulator.md §6)
                        if (!after.isOn() && sessions == 0) {
                            cancel();
                        }
                    }
                });
    }

    /** Tells of everything from now on. */
    public void listen(ConsentListener listener) {
        listeners.add(listener);
    }

    /** For what consent is needed. */
    public ConsentPolicy policy() {
        return policy;
    }

    /** Decides for what consent is needed. */
    public void policy(ConsentPolicy next) {
        policy = next;
    }

    /** How long a granted consent waits to be used. */
    public Duration codeTimeout() {
        return codeTimeout;
    }

    /** How long a code stands on the screen. */
    public Duration displayTimeout() {
        return displayTimeout;
    }

    /** Decides how long things wait. */
    public void timeouts(Duration unused, Duration displayed) {
        codeTimeout = unused;
        displayTimeout = displayed;
    }

    /** How far it is. */
    public ConsentState state() {
        return state;
    }

    /** Whether a session of this kind may start now. */
    public boolean allows(RedirectionKind kind) {
        return switch (policy) {
            case NONE -> true;
            case KVM -> kind != RedirectionKind.KVM || state.isGranted();
            case ALL -> state.isGranted();
        };
    }

    /** Whether boot options may be set now. */
    public boolean allowsBootOptions() {
        return policy != ConsentPolicy.ALL || state.isGranted();
    }

    /** Makes a code and shows it; needs a PC that is on. */
    public Answer start() {
        if (state != ConsentState.NOT_STARTED || !machine.power().isOn()) {
            return Answer.INVALID_STATE;
        }
        wrong = 0;
        code = codes.getAsInt();
        String text = String.format(Locale.ROOT, "%06d", code);
        LOG.info("consent code of {} is {}", machine.name(), text);
        state = ConsentState.DISPLAYED;
        machine.screen().notice("Remote assistance asks for your consent. Code: " + text);
        expireAfter(displayTimeout);
        listeners.forEach(ConsentListener::shown);
        return Answer.DONE;
    }

    /** Takes the code that the user has read out. */
    public Answer send(long sent) {
        if (state != ConsentState.DISPLAYED) {
            return Answer.INVALID_STATE;
        }
        if (sent == code) {
            state = ConsentState.RECEIVED;
            machine.screen().notice("");
            expireAfter(codeTimeout);
            listeners.forEach(ConsentListener::granted);
            return Answer.DONE;
        }
        if (++wrong == TRIES) {
            reset();
            listeners.forEach(ConsentListener::failed);
        }
        return Answer.WRONG_CODE;
    }

    /** Forgets the code or the consent; not while a session needs it. */
    public Answer cancel() {
        if (state == ConsentState.NOT_STARTED || state == ConsentState.IN_SESSION) {
            return Answer.INVALID_STATE;
        }
        end();
        return Answer.DONE;
    }

    /** A session that may need the consent has started. */
    void sessionStarted() {
        sessions++;
        if (state == ConsentState.RECEIVED) {
            state = ConsentState.IN_SESSION;
            stopExpiry();
        }
    }

    /** That session is over; after the last one the consent waits for its time. */
    void sessionEnded() {
        sessions--;
        if (sessions == 0 && state == ConsentState.IN_SESSION) {
            state = ConsentState.RECEIVED;
            expireAfter(codeTimeout);
        }
    }

    private void end() {
        boolean granted = state.isGranted();
        reset();
        if (granted) {
            listeners.forEach(ConsentListener::ended);
        }
    }

    private void reset() {
        stopExpiry();
        state = ConsentState.NOT_STARTED;
        machine.screen().notice("");
    }

    private void expireAfter(Duration time) {
        stopExpiry();
        expiry = loop.schedule(this::end, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stopExpiry() {
        Future<?> timer = expiry;
        expiry = null;
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
