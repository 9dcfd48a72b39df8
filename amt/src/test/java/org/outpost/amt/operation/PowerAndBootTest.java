package org.outpost.amt.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.fake.FakeAmt;
import org.outpost.amt.fake.FakeModel;
import org.outpost.amt.operation.boot.BootOptions;
import org.outpost.amt.operation.boot.BootService;
import org.outpost.amt.operation.boot.BootSource;
import org.outpost.amt.operation.boot.BootTarget;
import org.outpost.amt.operation.boot.OcrParameters;
import org.outpost.amt.operation.power.ConsoleAction;
import org.outpost.amt.operation.power.OsPowerSaving;
import org.outpost.amt.operation.power.PowerAction;
import org.outpost.amt.operation.power.PowerPackage;
import org.outpost.amt.operation.power.PowerService;
import org.outpost.amt.operation.power.PowerStatus;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/** Power and boot (wsman.md sections 5 and 6). */
final class PowerAndBootTest extends OnDevice {
    private final List<String> asked = new ArrayList<>();
    private final BootService boot = new BootService(calls);
    private final PowerService power = new PowerService(calls);

    @BeforeEach
    void model() {
        model.instance(
                "CIM_AssociatedPowerManagementService",
                "PowerState",
                "2",
                "AvailableRequestedPowerStates",
                "8|10|5");
        model.method(
                "CIM_PowerManagementService.RequestPowerStateChange",
                input -> {
                    asked.add(
                            "power "
                                    + FakeModel.text(input, "PowerState")
                                    + ' '
                                    + FakeModel.texts(input, "Selector"));
                    return "<g:ReturnValue>0</g:ReturnValue>";
                });
        model.method(
                "CIM_BootConfigSetting.ChangeBootOrder",
                input -> {
                    asked.add("order " + FakeModel.text(input, "Selector"));
                    return "<g:ReturnValue>0</g:ReturnValue>";
                });
        model.method(
                "CIM_BootService.SetBootConfigRole",
                input -> {
                    asked.add("role " + FakeModel.text(input, "Role"));
                    return "<g:ReturnValue>0</g:ReturnValue>";
                });
        model.instance(
                "AMT_BootSettingData",
                "BIOSPause",
                "false",
                "BIOSSetup",
                "false",
                "BootMediaIndex",
                "0",
                "InstanceID",
                "Intel(r) AMT:BootSettingData 0",
                "OptionsCleared",
                "true",
                "OwningEntity",
                "Intel(r) AMT",
                "UEFIHTTPSBootEnabled",
                "true",
                "UseIDER",
                "false",
                "WinREBootEnabled",
                "true");
        model.instance(
                "CIM_BootSourceSetting",
                "InstanceID",
                "Intel(r) AMT: Force PXE Boot",
                "StructuredBootString",
                "CIM:Network:1");
        model.instance(
                "CIM_BootSourceSetting", "InstanceID", "Intel(r) AMT: Force OCR UEFI HTTPS Boot");
        model.instance(
                "CIM_BootSourceSetting",
                "InstanceID",
                "Intel(r) AMT: Force OCR UEFI Boot Option 2",
                "BIOSBootString",
                "WinRe");
        model.instance(
                "AMT_BootCapabilities",
                "BIOSSetup",
                "true",
                "ForceUEFIHTTPSBoot",
                "true",
                "ForceWinREBoot",
                "true",
                "PlatformErase",
                "5",
                "SecureErase",
                "false");
        model.instance("CIM_BootService", "EnabledState", "32769");
    }

    private String setting(String property) {
        return model.instances("AMT_BootSettingData").get(0).getOrDefault(property, "absent");
    }

    @Test
    void theStateIsReadWithWhatMayBeAskedFor() {
        PowerStatus status = get(power.status());

        assertThat(status.state().on()).isTrue();
        assertThat(status.state().text()).isEqualTo("on");
        assertThat(status.available()).containsExactly(8, 10, 5);
    }

    @Test
    void aPowerActionIsAskedOfTheManagedSystem() {
        get(power.request(PowerAction.POWER_OFF));

        assertThat(asked).containsExactly("power 8 [CIM_ComputerSystem, ManagedSystem]");
    }

    @Test
    void osPowerSavingIsReadAndAskedFor() {
        model.instance("IPS_PowerManagementService", "OSPowerSavingState", "3");
        model.succeeds("IPS_PowerManagementService.RequestOSPowerSavingStateChange");

        assertThat(get(power.osPowerSaving())).isEqualTo(OsPowerSaving.SAVING);
        get(power.requestOsPowerSaving(OsPowerSaving.FULL_POWER));
        assertThatThrownBy(() -> power.requestOsPowerSaving(OsPowerSaving.UNKNOWN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPowerPackageIsChosenByItsKey() {
        model.instance(
                "AMT_SystemPowerScheme",
                "Description",
                "Mobile: ON in S0",
                "InstanceID",
                "944F8312-FAD5-4B2F-A7C4-6A9E6C7F5E01");
        model.succeeds("AMT_SystemPowerScheme.SetPowerScheme");

        PowerPackage first = get(power.packages()).get(0);
        get(power.choose(first));

        assertThat(first.description()).isEqualTo("Mobile: ON in S0");
        assertThat(amt.envelopes.getLast()).contains(">" + first.instanceId() + "<");
    }

    @Test
    void theCallsOfABootComeInTheDocumentsOrder() {
        get(boot.bootOnce(BootOptions.of(BootTarget.of(BootSource.PXE)), PowerAction.RESET));

        assertThat(asked)
                .containsExactly(
                        "order ",
                        "role 1",
                        "order Intel(r) AMT: Force PXE Boot",
                        "power 10 [CIM_ComputerSystem, ManagedSystem]");
        assertThat(model.calls)
                .containsExactly(
                        "CIM_BootConfigSetting ChangeBootOrder",
                        "AMT_BootSettingData Get",
                        "AMT_BootSettingData Put",
                        "CIM_BootService SetBootConfigRole",
                        "CIM_BootConfigSetting ChangeBootOrder",
                        "CIM_PowerManagementService RequestPowerStateChange");
    }

    @Test
    void whatMayNotBePutIsLeftOutAndTheRestIsKept() {
        get(boot.bootOnce(BootOptions.of(BootTarget.BIOS_SETUP).sol(true), PowerAction.POWER_ON));

        assertThat(setting("OptionsCleared")).isEqualTo("absent");
        assertThat(setting("WinREBootEnabled")).isEqualTo("absent");
        assertThat(setting("OwningEntity")).isEqualTo("Intel(r) AMT");
        assertThat(setting("BIOSSetup")).isEqualTo("true");
        assertThat(setting("UseSOL")).isEqualTo("true");
        assertThat(asked.get(2)).isEqualTo("order ");
    }

    @Test
    void storageRedirectionSetsNoSource() {
        get(boot.bootOnce(BootOptions.of(BootTarget.IDER_CD), PowerAction.RESET));

        assertThat(setting("UseIDER")).isEqualTo("true");
        assertThat(setting("IDERBootDevice")).isEqualTo("1");
        assertThat(asked.get(2)).isEqualTo("order ");
    }

    @Test
    void httpsBootCarriesItsParameters() {
        OcrParameters parameters = OcrParameters.https("https://boot.example/rescue.efi");

        get(boot.bootOnce(BootOptions.https(parameters, false), PowerAction.RESET));

        assertThat(setting("UefiBootNumberOfParams")).isEqualTo("3");
        assertThat(setting("UefiBootParametersArray"))
                .isEqualTo(
                        "hoABAB8AAABodHRwczovL2Jvb3QuZXhhbXBsZS9yZXNjdWUuZWZphoAUAAEAAAABhoAeAAIAAAAAAA==");
        assertThat(setting("EnforceSecureBoot")).isEqualTo("false");
        assertThat(asked.get(2)).isEqualTo("order Intel(r) AMT: Force OCR UEFI HTTPS Boot");
    }

    @Test
    void windowsRecoveryIsTheDevicesOwnSource() {
        get(boot.bootOnce(BootOptions.of(BootTarget.WINDOWS_RECOVERY), PowerAction.RESET));

        assertThat(asked.get(2)).isEqualTo("order Intel(r) AMT: Force OCR UEFI Boot Option 2");
        assertThat(failure(boot.bootOnce(BootOptions.of(BootTarget.LOCAL_PBA), PowerAction.RESET)))
                .isEqualTo(new AmtFailure.Unsupported("booting a pre-boot application"));
    }

    @Test
    void missingConsentEndsTheBootBeforeThePower() {
        model.method(
                "CIM_BootService.SetBootConfigRole",
                input -> "<g:ReturnValue>2081</g:ReturnValue>");

        assertThat(failure(boot.bootOnce(BootOptions.of(BootTarget.BIOS_SETUP), PowerAction.RESET)))
                .isInstanceOf(AmtFailure.UserConsentRequired.class);
        assertThat(asked).noneMatch(one -> one.startsWith("power"));
    }

    @Test
    void aRefusedPowerActionTakesTheBootBack() {
        model.method(
                "CIM_PowerManagementService.RequestPowerStateChange",
                input -> "<g:ReturnValue>2</g:ReturnValue>");

        assertThat(
                        failure(
                                boot.bootOnce(
                                        BootOptions.of(BootTarget.BIOS_SETUP),
                                        PowerAction.POWER_ON)))
                .isInstanceOf(AmtFailure.ReturnValue.class);
        assertThat(asked).endsWith("order ", "role 32768");
        assertThat(setting("BIOSSetup")).isEqualTo("false");
    }

    @Test
    void aPowerActionWithoutAnAnswerTakesNothingBack() {
        amt.mishaps.addAll(Collections.nCopies(5, FakeAmt.Mishap.NONE));
        amt.mishaps.add(FakeAmt.Mishap.NONE);
        amt.mishaps.add(FakeAmt.Mishap.CLOSE_AFTER);
        get(calls.get("CIM_BootService"));

        assertThat(
                        failure(
                                boot.bootOnce(
                                        BootOptions.of(BootTarget.BIOS_SETUP),
                                        PowerAction.POWER_ON)))
                .isEqualTo(new AmtFailure.ConnectionLost(true));
        assertThat(setting("BIOSSetup")).isEqualTo("true");
    }

    @Test
    void whatIsNoBootIsRefused() {
        assertThatThrownBy(
                        () ->
                                boot.bootOnce(
                                        BootOptions.of(BootTarget.BIOS_SETUP),
                                        PowerAction.POWER_OFF))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BootOptions.of(BootTarget.HTTPS_BOOT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBootIsTakenBack() {
        get(boot.cancel());

        assertThat(asked).containsExactly("order ", "role 32768");
    }

    @Test
    void whatOfRecoveryIsThere() {
        assertThat(get(boot.recovery()))
                .satisfies(
                        support -> {
                            assertThat(support.ocr()).isTrue();
                            assertThat(support.httpsBoot()).isTrue();
                            assertThat(support.windowsRecovery()).isTrue();
                            assertThat(support.localPba()).isFalse();
                            assertThat(support.eraseCapabilities()).isEqualTo(5);
                        });
        assertThat(get(boot.sources())).hasSize(3);
        assertThat(get(boot.capabilities()).allows("BIOSSetup")).isTrue();
    }

    @Test
    void recoveryIsSwitched() {
        model.method(
                "CIM_BootService.RequestStateChange",
                input -> {
                    asked.add("state " + FakeModel.text(input, "RequestedState"));
                    return "<g:ReturnValue>0</g:ReturnValue>";
                });
        get(boot.enableRecovery(false, false));
        get(boot.enableRecovery(true, false));
        get(boot.enableRecovery(false, true));
        get(boot.enableRecovery(true, true));

        assertThat(asked)
                .containsExactly("state 32768", "state 32769", "state 32770", "state 32771");
    }

    @ParameterizedTest
    @CsvSource({
        "2, POWER_ON, ''",
        "8, POWER_OFF, ''",
        "12, SOFT_OFF, ''",
        "100, POWER_ON, BIOS_SETUP",
        "101, RESET, BIOS_SETUP",
        "104, RESET, SECURE_ERASE",
        "105, RESET, HTTPS_BOOT",
        "106, POWER_ON, HTTPS_BOOT",
        "107, RESET, LOCAL_PBA",
        "110, POWER_ON, WINDOWS_RECOVERY",
        "200, RESET, IDER_FLOPPY",
        "203, POWER_ON, IDER_CD",
        "300, POWER_ON, Diagnostic",
        "301, RESET, Diagnostic",
        "400, RESET, PXE",
        "401, POWER_ON, PXE"
    })
    void consolesNumberActions(int number, PowerAction action, String target) {
        ConsoleAction console = ConsoleAction.of(number).orElseThrow();

        assertThat(console.power()).contains(action);
        assertThat(console.boot().map(Object::toString).orElse("")).contains(target);
        assertThat(console.boot().isPresent()).isEqualTo(!target.isEmpty());
    }

    @Test
    void otherNumbersMeanNothing() {
        assertThat(ConsoleAction.of(3)).isEmpty();
        assertThat(ConsoleAction.of(99)).isEmpty();
        assertThat(ConsoleAction.of(501).orElseThrow().osPowerSaving())
                .contains(OsPowerSaving.SAVING);
    }

    @Test
    void ocrItemsHaveTheirLengths() {
        assertThatThrownBy(() -> OcrParameters.none().with(OcrParameters.Type.USER, "x".repeat(17)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OcrParameters.https("http://boot.example/"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(OcrParameters.none().signIn("a", "s3cret").toString()).doesNotContain("s3cret");
        assertThat(
                        Base64.getEncoder()
                                .encodeToString(OcrParameters.none().timeout(0x0102).encode()))
                .isEqualTo("hoAeAAIAAAACAQ==");
    }
}
