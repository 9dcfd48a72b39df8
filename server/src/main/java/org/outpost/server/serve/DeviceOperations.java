package org.outpost.server.serve;

import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.operation.boot.BootOptions;
import org.outpost.amt.operation.boot.BootService;
import org.outpost.amt.operation.general.GeneralSettingsService;
import org.outpost.amt.operation.hardware.HardwareService;
import org.outpost.amt.operation.power.ConsoleAction;
import org.outpost.amt.operation.power.PowerAction;
import org.outpost.amt.operation.power.PowerService;
import org.outpost.amt.operation.power.PowerState;
import org.outpost.amt.operation.time.TimeService;
import org.outpost.amt.operation.version.VersionService;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.inventory.job.JobAction;
import org.outpost.inventory.job.Outcome;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What a job does to a device, in AMT's operations; and how it went, in the API's words. */
final class DeviceOperations {
    private DeviceOperations() {}

    static CompletionStage<Outcome> carryOut(AmtCalls calls, JobAction action) {
        try {
            return begin(calls, action).exceptionally(DeviceOperations::failed);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedStage(failed(e));
        }
    }

    private static CompletionStage<Outcome> begin(AmtCalls calls, JobAction action) {
        return switch (action) {
            case SYNC_TIME ->
                    new TimeService(calls, InstantSource.system())
                            .synchronize()
                            .thenApply(DeviceOperations::clock);
            case REFRESH_FACTS ->
                    new VersionService(calls)
                            .firmware()
                            .thenCompose(_ -> new GeneralSettingsService(calls).settings())
                            .thenCompose(_ -> new PowerService(calls).status())
                            .thenCompose(_ -> new HardwareService(calls).inventory())
                            .thenApply(_ -> Outcome.DONE);
            default -> power(calls, action);
        };
    }

    private static Outcome clock(Duration ahead) {
        return Outcome.done("Its clock was off by " + ahead.toSeconds() + " s.");
    }

    private static CompletionStage<Outcome> power(AmtCalls calls, JobAction action) {
        ConsoleAction known = ConsoleAction.of(action.number().orElseThrow()).orElseThrow();
        PowerService power = new PowerService(calls);
        if (known.osPowerSaving().isPresent()) {
            return power.requestOsPowerSaving(known.osPowerSaving().get())
                    .thenApply(_ -> Outcome.DONE);
        }
        PowerAction what = known.power().orElseThrow();
        if (known.boot().isPresent()) {
            return new BootService(calls)
                    .bootOnce(BootOptions.of(known.boot().get()), what)
                    .thenApply(_ -> Outcome.DONE);
        }
        return power.request(what)
                .thenApply(_ -> Outcome.DONE)
                .exceptionallyCompose(failure -> unlessThere(power, what, failure));
    }

    /** AMT refuses to switch on what is on; who asked for that has what they want. */
    private static CompletionStage<Outcome> unlessThere(
            PowerService power, PowerAction wanted, Throwable refusal) {
        boolean refused =
                AmtException.failureOf(refusal)
                        .filter(AmtFailure.ReturnValue.class::isInstance)
                        .isPresent();
        if (!refused) {
            return CompletableFuture.failedStage(refusal);
        }
        return power.status()
                .thenCompose(
                        now ->
                                isThere(wanted, now.state())
                                        ? CompletableFuture.completedStage(
                                                Outcome.done(
                                                        "It was so already: "
                                                                + now.state().text()
                                                                + "."))
                                        : CompletableFuture.failedStage(refusal));
    }

    private static boolean isThere(PowerAction wanted, PowerState now) {
        return switch (wanted) {
            case POWER_ON -> now.on();
            case SLEEP -> now.value() == 3 || now.value() == 4;
            case HIBERNATE -> now.value() == 7;
            case POWER_OFF, SOFT_OFF ->
                    now.value() == 6 || now.value() == 8 || now.value() == 12 || now.value() == 13;
            case POWER_CYCLE, RESET, DIAGNOSTIC_INTERRUPT, SOFT_RESET -> false;
        };
    }

    private static Outcome failed(Throwable thrown) {
        AmtFailure failure = AmtException.failureOf(thrown).orElse(null);
        if (failure instanceof AmtFailure.Unreachable gone
                && gone.reach() == AmtFailure.Reach.NO_WAY) {
            return Outcome.OFFLINE;
        }
        if (failure != null) {
            return Outcome.failed(failure.label(), failure.sentence());
        }
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof IllegalArgumentException wrong) {
            return Outcome.failed("invalid", String.valueOf(wrong.getMessage()));
        }
        throw new CompletionException(cause);
    }
}
