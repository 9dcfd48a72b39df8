package org.outpost.simulator.wsman.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.support.WsmanClient.element;
import static org.outpost.simulator.support.WsmanClient.reference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.machine.BootSource;
import org.outpost.simulator.support.TestDevice;
import org.outpost.simulator.support.WsmanClient;
import org.outpost.simulator.support.WsmanClient.Answer;

import java.time.Duration;

class PowerAndBootTest {
    private static final String HOST =
            reference(
                    "ManagedElement",
                    "CIM_ComputerSystem",
                    "CreationClassName",
                    "CIM_ComputerSystem",
                    "Name",
                    "ManagedSystem");

    private final TestDevice device = new TestDevice(Generation.AMT_16_1, 1);
    private final WsmanClient client = new WsmanClient(device);

    @AfterEach
    void close() {
        device.close();
    }

    @Test
    void aPowerActionChangesWhatIsReadAndIsLoggedAndAudited() {
        on();
        int events = device.firmware().eventLog().size();
        int audits = device.firmware().auditLog().count();

        assertThat(power(10).value("ReturnValue")).isEqualTo("0");
        device.pass(Duration.ofSeconds(20));

        assertThat(state()).isEqualTo("2");
        assertThat(device.firmware().eventLog().size()).isEqualTo(events + 8);
        assertThat(device.firmware().auditLog().count()).isEqualTo(audits + 1);

        assertThat(power(8).value("ReturnValue")).isEqualTo("0");
        assertThat(state()).isEqualTo("2");
        device.pass(Duration.ofSeconds(4));
        assertThat(state()).isEqualTo("8");
        assertThat(client.enumerate("CIM_ServiceAvailableToElement").value("PowerState"))
                .isEqualTo("8");
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "3, 5", "99, 5"})
    void whatCannotBeIsRefused(int action, String returned) {
        on();

        assertThat(power(action).value("ReturnValue")).isEqualTo(returned);
    }

    @Test
    void theEngineItselfIsNotSwitched() {
        Answer answer =
                client.invoke(
                        "CIM_PowerManagementService",
                        "RequestPowerStateChange",
                        element("PowerState", 8) + HOST.replace("ManagedSystem", "Intel(r) AMT"));

        assertThat(answer.value("ReturnValue")).isEqualTo("5");
    }

    @Test
    void bootOptionsAreShownCountOnceAndAreGone() {
        on();
        bootSettings("BIOSSetup", "true");
        role(1);
        assertThat(client.get("AMT_BootSettingData").value("BIOSSetup")).isEqualTo("true");
        assertThat(device.firmware().machine().nextBoot().source())
                .isEqualTo(BootSource.BIOS_SETUP);

        power(10);
        device.pass(Duration.ofSeconds(10));

        assertThat(client.get("AMT_BootSettingData").value("BIOSSetup")).isEqualTo("false");
        assertThat(device.firmware().machine().screen().lines())
                .anyMatch(line -> line.contains("BIOS Setup"));
        assertThat(device.firmware().machine().nextBoot().source()).isEqualTo(BootSource.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "Force Hard-drive Boot, HARD_DISK",
        "Force PXE Boot, NETWORK",
        "Force CD/DVD Boot, CD_DVD",
        "Force Diagnostic Boot, DIAGNOSTIC",
        "Force OCR UEFI HTTPS Boot, HTTPS",
        "Force OCR UEFI Boot Option 2, UEFI_OPTION"
    })
    void aBootSourceIsUsedOnceItsConfigurationIsNext(String source, BootSource expected) {
        assertThat(order("Intel(r) AMT: " + source).value("ReturnValue")).isEqualTo("0");
        assertThat(device.firmware().machine().nextBoot().source()).isEqualTo(BootSource.DEFAULT);
        role(1);
        assertThat(device.firmware().machine().nextBoot().source()).isEqualTo(expected);

        client.invoke("CIM_BootConfigSetting", "ChangeBootOrder", "");
        assertThat(device.firmware().machine().nextBoot().source()).isEqualTo(BootSource.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({"0, REDIRECTED_FLOPPY", "1, REDIRECTED_CD"})
    void aRedirectedDriveIsChosenBySettings(int drive, BootSource expected) {
        bootSettings("UseIDER", "true", "IDERBootDevice", drive, "UseSOL", "true");
        role(1);

        assertThat(device.firmware().machine().nextBoot().source()).isEqualTo(expected);
        assertThat(device.firmware().machine().nextBoot().useSol()).isTrue();
    }

    @Test
    void theAddressOfAnHttpsBootIsReadFromItsParameters() {
        bootSettings(
                "UefiBootParametersArray",
                "hoABAB8AAABodHRwczovL2Jvb3QuZXhhbXBsZS9yZXNjdWUuZWZphoAUAAEAAAABhoAeAAIAAAAAAA==",
                "UefiBootNumberOfParams",
                3);
        order("Intel(r) AMT: Force OCR UEFI HTTPS Boot");
        role(1);

        assertThat(device.firmware().machine().nextBoot().detail())
                .isEqualTo("https://boot.example/rescue.efi");
    }

    @Test
    void anUnknownSourceARoleThatIsNoneAndAWrongTypeAreRefused() {
        assertThat(order("Intel(r) AMT: Force Tape Boot").value("ReturnValue")).isEqualTo("36");
        assertThat(role(2).value("ReturnValue")).isEqualTo("36");
        assertThat(bootSettings("IDERBootDevice", 2).fault()).isEqualTo("SchemaValidationError");
        assertThat(bootSettings("BIOSSetup", "yes").fault()).isEqualTo("SchemaValidationError");
    }

    private void on() {
        power(2);
        device.pass(Duration.ofSeconds(20));
        assertThat(state()).isEqualTo("2");
    }

    private String state() {
        return client.get("CIM_AssociatedPowerManagementService").value("PowerState");
    }

    private Answer power(int action) {
        return client.invoke(
                "CIM_PowerManagementService",
                "RequestPowerStateChange",
                element("PowerState", action) + HOST);
    }

    private Answer order(String source) {
        return client.invoke(
                "CIM_BootConfigSetting",
                "ChangeBootOrder",
                reference("Source", "CIM_BootSourceSetting", "InstanceID", source));
    }

    private Answer role(int role) {
        return client.invoke(
                "CIM_BootService",
                "SetBootConfigRole",
                reference(
                                "BootConfigSetting",
                                "CIM_BootConfigSetting",
                                "InstanceID",
                                "Intel(r) AMT: Boot Configuration 0")
                        + element("Role", role));
    }

    private Answer bootSettings(Object... properties) {
        StringBuilder put = new StringBuilder();
        for (int i = 0; i < properties.length; i += 2) {
            put.append(element(properties[i].toString(), properties[i + 1]));
        }
        return client.put("AMT_BootSettingData", put.toString());
    }
}
