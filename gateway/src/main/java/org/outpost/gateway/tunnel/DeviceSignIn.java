package org.outpost.gateway.tunnel;

import io.netty.channel.EventLoop;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.message.DisconnectReason;
import org.outpost.apf.message.UserauthRequest;
import org.outpost.apf.session.LoginResult;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.attempt.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The sign-in on one connection: whether the credentials are right, and whether they are those of
 * the device that it claims to be. Only the connection's loop uses it.
 */
final class DeviceSignIn {
    private static final Logger log = LoggerFactory.getLogger(DeviceSignIn.class);
    private static final Duration SLOW_ANSWER = Duration.ofSeconds(1);
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(60);

    private final TunnelContext context;
    private final EventLoop loop;
    private final InetSocketAddress address;
    private final AttemptTrail trail;
    private final Consumer<DisconnectCause> endsBecause;
    private final Runnable beforeWaiting;
    private UUID uuid = new UUID(0, 0);
    private @Nullable Admitted admitted;

    /** Who it turned out to be. */
    record Admitted(DeviceKey key, String principal) {}

    /**
     * Makes the sign-in of one connection.
     *
     * @param trail hears how it goes
     * @param endsBecause hears the cause when the answer is the connection's end
     * @param beforeWaiting what to give back while the answer is held: nobody else shall wait for
     *     that
     */
    DeviceSignIn(
            TunnelContext context,
            EventLoop loop,
            InetSocketAddress address,
            AttemptTrail trail,
            Consumer<DisconnectCause> endsBecause,
            Runnable beforeWaiting) {
        this.context = context;
        this.loop = loop;
        this.address = address;
        this.trail = trail;
        this.endsBecause = endsBecause;
        this.beforeWaiting = beforeWaiting;
    }

    /** Who signed in; null before anybody has. */
    @Nullable Admitted admitted() {
        return admitted;
    }

    /** Answers one request; the answer comes on the connection's loop. */
    CompletionStage<LoginResult> login(UUID announced, TlsSummary tls, UserauthRequest request) {
        uuid = announced;
        long started = System.nanoTime();
        trail.signsIn(request.username());
        if (request.password() == null && !tls.isCertified()) {
            // "none" counts only where a verified certificate stands for it (apf.md section 1.4).
            return refused(Outcome.NO_CREDENTIALS, "no password and no certificate");
        }
        Credentials credentials =
                new Credentials(
                        request.username(),
                        request.password(),
                        tls.certificate(),
                        tls.verifiedName(),
                        announced,
                        address.getAddress());
        // Waiting for a slow source costs us nothing: nobody else shall wait for the slot.
        Future<?> slow =
                loop.schedule(beforeWaiting, SLOW_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        return context.authentication()
                .authenticate(credentials)
                .whenComplete((_, _) -> slow.cancel(false))
                .thenComposeAsync(
                        verdict -> {
                            context.metrics().login(Duration.ofNanos(System.nanoTime() - started));
                            return switch (verdict) {
                                case Verdict.Accepted accepted -> admit(accepted.principal());
                                case Verdict.Refused refused ->
                                        refused(Outcome.WRONG_CREDENTIALS, refused.reason());
                                case Verdict.Unavailable unavailable ->
                                        unavailable(unavailable.reason());
                            };
                        },
                        loop);
    }

    private CompletionStage<LoginResult> refused(Outcome why, String reason) {
        trail.refused(why, reason);
        Duration delay = context.failures().failed(address.getAddress(), uuid);
        context.metrics().channelEvent("login_refused");
        log.atInfo()
                .addKeyValue("address", address)
                .addKeyValue("uuid", uuid)
                .addKeyValue("reason", reason)
                .log("login refused");
        return later(delay, new LoginResult.Refused());
    }

    private CompletionStage<LoginResult> unavailable(String reason) {
        endsBecause.accept(DisconnectCause.AUTHENTICATION_UNAVAILABLE);
        trail.refused(Outcome.SIGN_IN_UNAVAILABLE, reason);
        if (context.notices().first("authentication unavailable")) {
            log.atWarn()
                    .addKeyValue("address", address)
                    .addKeyValue("uuid", uuid)
                    .addKeyValue("reason", reason)
                    .log("credentials cannot be checked now; devices are sent away to try again");
        }
        return ended(DisconnectReason.SERVICE_NOT_AVAILABLE);
    }

    private CompletionStage<LoginResult> admit(String principal) {
        Claim claim = new Claim(uuid, principal, address.getAddress(), Instant.now());
        return context.register()
                .admit(claim)
                .thenComposeAsync(
                        admission ->
                                switch (admission) {
                                    case Admission.Admitted known -> admitted(known, principal);
                                    case Admission.Refused refusal -> turnedAway(refusal.cause());
                                },
                        loop);
    }

    private CompletionStage<LoginResult> admitted(Admission.Admitted known, String principal) {
        context.failures().succeeded(address.getAddress(), uuid);
        admitted = new Admitted(known.key(), principal);
        trail.admitted(known.key());
        if (known.sharedCredential() && context.notices().first("shared credential " + principal)) {
            log.atWarn()
                    .addKeyValue("principal", principal)
                    .addKeyValue("device", known.key().id())
                    .log("several devices use one credential; give each its own");
        }
        Duration hold = context.swaps().hold(known.key().id());
        if (hold.isPositive()) {
            trail.refused(Outcome.HELD, "held for " + hold.toSeconds() + " s");
            log.atWarn()
                    .addKeyValue("device", known.key().id())
                    .addKeyValue("address", address)
                    .addKeyValue("seconds", hold.toSeconds())
                    .log("tunnels of this device replace each other too often; this one is held");
        }
        return later(
                hold.compareTo(LONGEST_HOLD) > 0 ? LONGEST_HOLD : hold, new LoginResult.Accepted());
    }

    private CompletionStage<LoginResult> turnedAway(Admission.Cause why) {
        DisconnectCause because =
                switch (why) {
                    case OTHER_BINDING -> DisconnectCause.OTHER_BINDING;
                    case CREDENTIAL_FULL -> DisconnectCause.CREDENTIAL_FULL;
                    case UNKNOWN_DEVICE -> DisconnectCause.UNKNOWN_DEVICE;
                    case REGISTER_UNAVAILABLE -> DisconnectCause.AUTHENTICATION_UNAVAILABLE;
                };
        endsBecause.accept(because);
        if (why == Admission.Cause.REGISTER_UNAVAILABLE) {
            return ended(DisconnectReason.SERVICE_NOT_AVAILABLE);
        }
        if (why == Admission.Cause.OTHER_BINDING) {
            warnOfDuplicate();
        }
        return ended(DisconnectReason.HOST_NOT_ALLOWED);
    }

    /** Some boards share a UUID (apf.md section 9, Q26). */
    private void warnOfDuplicate() {
        Tunnel holder = context.registry().ofDevice(uuid);
        log.atWarn()
                .addKeyValue("uuid", uuid)
                .addKeyValue("address", address)
                .addKeyValue("otherAddress", holder == null ? "not connected" : holder.address())
                .log(
                        "two devices show one UUID with different credentials; the newcomer is"
                                + " refused");
    }

    private static CompletionStage<LoginResult> ended(DisconnectReason reason) {
        return CompletableFuture.completedFuture(new LoginResult.Ended(reason));
    }

    private CompletionStage<LoginResult> later(Duration delay, LoginResult result) {
        CompletableFuture<LoginResult> answer = new CompletableFuture<>();
        if (delay.isZero()) {
            answer.complete(result);
        } else {
            beforeWaiting.run();
            loop.schedule(() -> answer.complete(result), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
        return answer;
    }
}
