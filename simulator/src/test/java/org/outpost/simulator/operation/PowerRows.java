package org.outpost.simulator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.operation.DeviceClient.failure;
import static org.outpost.simulator.operation.DeviceClient.get;
import static org.outpost.simulator.operation.DeviceClient.patiently;

import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.operation.alarm.Alarm;
import org.outpost.amt.operation.alarm.AlarmClockService;
import org.outpost.amt.operation.boot.BootOptions;
import org.outpost.amt.operation.boot.BootService;
import org.outpost.amt.operation.boot.BootSource;
import org.outpost.amt.operation.boot.BootTarget;
import org.outpost.amt.operation.power.OsPowerSaving;
import org.outpost.amt.operation.power.PowerAction;
import org.outpost.amt.operation.power.PowerPackage;
import org.outpost.amt.operation.power.PowerService;
import org.outpost.amt.xml.Element;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Power, boot and the alarm clock. */
final class PowerRows {
    private static final int ON = 2;
    private static final int OFF = 8;

    private PowerRows() {}

    static List<Row> rows() {
        return List.of(
                new Row("power state and actions", PowerRows::power),
                new Row("power saving", PowerRows::saving),
                new Row("power packages", PowerRows::packages),
                new Row("boot options", PowerRows::boot),
                new Row("one-click recovery", PowerRows::recovery),
                new Row("alarm clock", PowerRows::alarms));
    }

    private static void awaitState(PowerService service, int state) {
        patiently()
                .untilAsserted(
                        () -> assertThat(get(service.status()).state().value()).isEqualTo(state));
    }

    /** Whatever was done before: the PC is on. It refuses while another change is under way. */
    static void switchOn(DeviceClient device) {
        PowerService service = new PowerService(device.calls());
        patiently()
                .untilAsserted(
                        () -> {
                            if (get(service.status()).state().value() != ON) {
                                get(service.request(PowerAction.POWER_ON));
                            }
                            assertThat(get(service.status()).state().value()).isEqualTo(ON);
                        });
    }

    private static void power(DeviceClient device) {
        PowerService service = new PowerService(device.calls());
        switchOn(device);
        assertThat(get(service.capabilities()).requestsSupported()).contains(2, 5, 8, 10);
        assertThat(get(service.status()).available()).contains(PowerAction.RESET.value());

        get(service.request(PowerAction.POWER_OFF));
        awaitState(service, OFF);
        get(service.request(PowerAction.POWER_ON));
        awaitState(service, ON);

        assertThat(failure(service.request(PowerAction.POWER_ON)))
                .as("on already")
                .isInstanceOf(AmtFailure.ReturnValue.class);
        assertThat(get(service.bootReason()).integer("Reason")).isPresent();
    }

    private static void saving(DeviceClient device) {
        PowerService service = new PowerService(device.calls());

        get(service.requestOsPowerSaving(OsPowerSaving.SAVING));
        assertThat(get(service.osPowerSaving())).isEqualTo(OsPowerSaving.SAVING);
        get(service.requestOsPowerSaving(OsPowerSaving.FULL_POWER));
        assertThat(get(service.osPowerSaving())).isEqualTo(OsPowerSaving.FULL_POWER);
    }

    private static void packages(DeviceClient device) {
        PowerService service = new PowerService(device.calls());
        List<PowerPackage> packages = get(service.packages());
        assertThat(packages).hasSizeGreaterThan(1);

        for (PowerPackage choice : packages) {
            get(service.choose(choice));

            assertThat(get(device.calls().enumerate("AMT_SystemPowerScheme")))
                    .filteredOn(scheme -> scheme.isTrue("IsCurrent"))
                    .extracting(scheme -> scheme.textOr("InstanceID", ""))
                    .containsExactly(choice.instanceId());
        }
    }

    private static void boot(DeviceClient device) {
        BootService service = new BootService(device.calls());
        assertThat(get(service.capabilities()).allows("BIOSSetup")).isTrue();
        assertThat(get(service.sources()))
                .anyMatch(source -> source.source().equals(BootSource.PXE));
        awaitState(new PowerService(device.calls()), ON);

        get(service.bootOnce(BootOptions.of(BootTarget.BIOS_SETUP).sol(true), PowerAction.RESET));
        Element prepared = get(service.settings());
        assertThat(prepared.isTrue("BIOSSetup")).isTrue();
        assertThat(prepared.isTrue("UseSOL")).isTrue();
        patiently()
                .untilAsserted(
                        () ->
                                assertThat(get(service.settings()).isTrue("BIOSSetup"))
                                        .as("used by that boot")
                                        .isFalse());

        get(
                service.bootOnce(
                        BootOptions.of(BootTarget.of(BootSource.PXE)).sol(true),
                        PowerAction.POWER_CYCLE));
        assertThat(get(service.settings()).isTrue("UseSOL")).isTrue();
        get(service.cancel());
        assertThat(get(service.settings()).isTrue("UseSOL")).isFalse();
        awaitState(new PowerService(device.calls()), ON);
    }

    /** The generation of the matrix is older than one-click recovery. */
    private static void recovery(DeviceClient device) {
        BootService service = new BootService(device.calls());

        assertThat(get(service.recovery()).ocr()).isFalse();
        assertThat(failure(service.enableRecovery(true, false)))
                .isInstanceOfAny(AmtFailure.ReturnValue.class, AmtFailure.Unsupported.class);
    }

    private static void alarms(DeviceClient device) {
        AlarmClockService service = new AlarmClockService(device.calls());
        Alarm alarm =
                new Alarm(
                        "matrix",
                        "matrix",
                        Instant.now().plus(300, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MINUTES),
                        Duration.ofDays(1).plusMinutes(5),
                        true);

        get(service.add(alarm));
        assertThat(get(service.list())).containsExactly(alarm);
        get(service.remove("matrix"));
        assertThat(get(service.list())).isEmpty();
    }
}
