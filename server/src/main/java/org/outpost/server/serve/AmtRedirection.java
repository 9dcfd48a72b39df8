package org.outpost.server.serve;

import org.outpost.amt.operation.consent.ConsentService;
import org.outpost.amt.operation.consent.ConsentState;
import org.outpost.amt.redirection.ConsentCheck;
import org.outpost.amt.redirection.RedirectionClient;
import org.outpost.amt.redirection.RedirectionConnector;
import org.outpost.amt.redirection.RedirectionCredentials;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.RedirectionSettings;
import org.outpost.amt.traffic.CallOptions;
import org.outpost.amt.wsman.http.Credentials;
import org.outpost.gateway.channel.ChannelUse;
import org.outpost.gateway.channel.Means;
import org.outpost.gateway.route.Directory;
import org.outpost.gateway.route.Resolution;
import org.outpost.server.web.amt.AmtLogins;
import org.outpost.server.web.relay.RelayTargets;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The ways to screens, text consoles and drives of devices. */
final class AmtRedirection implements RelayTargets {
    private static final Duration CONSENT_DEADLINE = Duration.ofSeconds(5);

    private final Directory directory;
    private final AmtLogins logins;
    private final AmtOffice devices;

    /**
     * Finds ways in the directory.
     *
     * @param devices connects, and is asked whether consent is missing
     */
    AmtRedirection(Directory directory, AmtLogins logins, AmtOffice devices) {
        this.directory = directory;
        this.logins = logins;
        this.devices = devices;
    }

    @Override
    public CompletionStage<Found> find(UUID device, Purpose purpose) {
        return directory
                .resolve(device.toString(), AmtExchanger.SELF)
                .thenCompose(
                        resolution ->
                                resolution instanceof Resolution.Reachable reachable
                                        ? logins.find(device)
                                                .thenApply(
                                                        login ->
                                                                found(
                                                                        device, reachable, purpose,
                                                                        login))
                                        : CompletableFuture.completedStage(
                                                new NoWay("the device is not connected")));
    }

    private Found found(
            UUID device, Resolution.Reachable found, Purpose purpose, Optional<Credentials> login) {
        if (login.isEmpty()) {
            return new NoWay(
                    "nobody told how to sign in at the device; store its login with PUT"
                            + " /api/v1/devices/UUID/amt-login");
        }
        RedirectionClient client =
                new RedirectionClient(
                        RedirectionConnector.of(
                                devices.connector(
                                        device, found.route(), port -> use(found, port, purpose))),
                        RedirectionSettings.DEFAULT,
                        consent(device));
        return new Target(
                client, new RedirectionCredentials(login.get().user(), login.get().password()));
    }

    private static ChannelUse use(Resolution.Reachable found, int port, Purpose purpose) {
        return new ChannelUse(
                found.device(),
                found.name(),
                port,
                found.route().tunnel(),
                purpose.address() == null ? ChannelUse.SERVER : ChannelUse.WEB,
                switch (purpose.kind()) {
                    case SOL -> Means.SOL;
                    case IDER -> Means.IDER;
                    case KVM -> Means.KVM;
                },
                purpose.user(),
                purpose.address());
    }

    private ConsentCheck consent(UUID device) {
        return kind ->
                new ConsentService(
                                devices.officer(device)
                                        .calls(CallOptions.interactive(CONSENT_DEADLINE)))
                        .state()
                        .thenApply(state -> isMissing(state, kind));
    }

    private static boolean isMissing(ConsentState state, RedirectionKind kind) {
        return !state.given()
                && switch (state.required()) {
                    case NONE -> false;
                    case KVM -> kind == RedirectionKind.KVM;
                    case ALL -> true;
                };
    }
}
