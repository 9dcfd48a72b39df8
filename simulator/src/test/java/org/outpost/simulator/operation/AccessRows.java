package org.outpost.simulator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.operation.DeviceClient.failure;
import static org.outpost.simulator.operation.DeviceClient.get;

import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.operation.account.Account;
import org.outpost.amt.operation.account.AccountService;
import org.outpost.amt.operation.account.NewAccount;
import org.outpost.amt.operation.account.Realm;
import org.outpost.amt.operation.consent.ConsentService;
import org.outpost.amt.operation.consent.ConsentState.Required;
import org.outpost.amt.operation.general.GeneralSettingsService;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Accounts and their realms, and the consent of the user at the PC. */
final class AccessRows {
    private static final String OTHER_PASSWORD = "0ther-P@ssw0rd";

    private AccessRows() {}

    static List<Row> rows() {
        return List.of(
                new Row("accounts", AccessRows::accounts),
                new Row("administrator", AccessRows::administrator),
                new Row("user consent", AccessRows::consent));
    }

    private static Account find(AccountService service, long handle) {
        return get(service.list()).stream()
                .filter(one -> one.handle() == handle)
                .findFirst()
                .orElseThrow();
    }

    private static void accounts(DeviceClient device) {
        AccountService service = new AccountService(device.calls());
        long handle =
                get(
                        service.add(
                                new NewAccount(
                                        "helpdesk",
                                        "P@ssw0rd",
                                        2,
                                        Set.of(Realm.GENERAL_INFO, Realm.EVENT_LOG_READER))));
        Account made = find(service, handle);
        assertThat(made.user()).contains("helpdesk");
        assertThat(made.realms()).containsExactlyInAnyOrder(13, 19);
        assertThat(made.enabled()).isTrue();

        get(service.enable(handle, false));
        assertThat(find(service, handle).enabled()).isFalse();
        get(
                service.update(
                        handle,
                        new NewAccount("second", "P@ssw0rd", 1, Set.of(Realm.REMOTE_CONTROL))));
        Account changed = find(service, handle);
        assertThat(changed.user()).contains("second");
        assertThat(changed.access()).isEqualTo(1);
        assertThat(changed.realms()).containsExactly(5);

        get(service.remove(handle));
        assertThat(get(service.list())).noneMatch(one -> one.handle() == handle);
        assertThat(failure(service.remove(handle))).isInstanceOf(AmtFailure.ReturnValue.class);
    }

    private static void administrator(DeviceClient device) {
        AccountService service = new AccountService(device.calls());
        assertThat(get(service.administrator())).isEqualTo("admin");

        get(service.setAdministrator("admin", OTHER_PASSWORD));

        try (DeviceClient old = device.withPassword(SimulatorProcess.PASSWORD);
                DeviceClient renewed = device.withPassword(OTHER_PASSWORD)) {
            assertThat(failure(new GeneralSettingsService(old.calls()).settings()))
                    .isInstanceOf(AmtFailure.AuthenticationFailed.class);
            get(new GeneralSettingsService(renewed.calls()).settings());
            get(
                    new AccountService(renewed.calls())
                            .setAdministrator("admin", SimulatorProcess.PASSWORD));
        }
        assertThat(get(service.administrator())).isEqualTo("admin");
    }

    private static void consent(DeviceClient device) {
        // a PC that is off shows no code
        PowerRows.switchOn(device);
        ConsentService service = new ConsentService(device.calls());
        assertThat(get(service.state()).required()).isEqualTo(Required.NONE);
        assertThat(get(service.state()).policyModifiable()).isTrue();

        get(service.require(Required.ALL));
        assertThat(get(service.state()).required()).isEqualTo(Required.ALL);
        Optional<Integer> shown = device.consentCode();
        get(service.start());
        assertThat(get(service.state()).waitsForCode()).isTrue();
        int code = device.consentCode(shown);
        assertThat(failure(service.send((code + 1) % 1_000_000)))
                .isInstanceOf(AmtFailure.ReturnValue.class);
        get(service.send(code));
        assertThat(get(service.state()).given()).isTrue();

        get(service.cancel());
        assertThat(get(service.state()).given()).isFalse();
        get(service.require(Required.NONE));
        assertThat(get(service.state()).required()).isEqualTo(Required.NONE);
    }
}
