package org.outpost.amt.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.fake.FakeAmt;
import org.outpost.amt.fake.FakeDigest;
import org.outpost.amt.fake.FakeModel;
import org.outpost.amt.operation.account.Account;
import org.outpost.amt.operation.account.AccountService;
import org.outpost.amt.operation.account.NewAccount;
import org.outpost.amt.operation.account.Realm;
import org.outpost.amt.operation.certificate.CertificateService;
import org.outpost.amt.operation.certificate.DeviceCertificate;
import org.outpost.amt.operation.certificate.TlsService;
import org.outpost.amt.operation.certificate.TlsSettings;
import org.outpost.amt.operation.consent.ConsentService;
import org.outpost.amt.operation.consent.ConsentState;
import org.outpost.amt.operation.redirection.Display;
import org.outpost.amt.operation.redirection.KvmService;
import org.outpost.amt.operation.redirection.RedirectionFeatures;
import org.outpost.amt.operation.redirection.RedirectionService;
import org.outpost.amt.wsman.EndpointReference;
import org.outpost.amt.wsman.Selectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may do what: accounts, certificates, redirection, consent (wsman.md sections 7, 8, 10). */
final class AccessTest extends OnDevice {
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void realm() {
        model.instance("AMT_GeneralSettings", "DigestRealm", FakeDigest.REALM);
    }

    /** Records what a method is given. */
    private void records(String method, String output, String... arguments) {
        model.method(
                method,
                input -> {
                    StringBuilder text =
                            new StringBuilder(method.substring(method.indexOf('.') + 1));
                    for (String argument : arguments) {
                        text.append(' ').append(FakeModel.texts(input, argument));
                    }
                    asked.add(text.toString());
                    return output + "<g:ReturnValue>0</g:ReturnValue>";
                });
    }

    @Test
    void aPasswordLeavesAsTheDocumentsDigest() {
        records(
                "AMT_AuthorizationService.AddUserAclEntryEx",
                "<g:Handle>7</g:Handle>",
                "DigestUsername",
                "DigestPassword",
                "AccessPermission",
                "Realms");
        NewAccount helpDesk =
                new NewAccount(
                        "FCFH",
                        "P@ssw0rd",
                        1,
                        Set.of(Realm.GENERAL_INFO, Realm.HARDWARE_ASSET, Realm.EVENT_LOG_READER));

        assertThat(get(new AccountService(calls).add(helpDesk))).isEqualTo(7);
        assertThat(asked)
                .containsExactly(
                        "AddUserAclEntryEx [FCFH] [lOMzO0OGQf23qqQJGw+mOw==] [1] [4, 13, 19]");
        assertThat(amt.envelopes).noneMatch(envelope -> envelope.contains("P@ssw0rd"));
        assertThat(helpDesk.toString()).doesNotContain("P@ssw0rd");
    }

    @Test
    void accountsAreListedWithWhatTheyMayUse() {
        returns(
                "AMT_AuthorizationService.EnumerateUserAclEntries",
                "<g:TotalCount>2</g:TotalCount><g:HandlesCount>2</g:HandlesCount>"
                        + "<g:Handles>1</g:Handles><g:Handles>3</g:Handles>");
        model.method(
                "AMT_AuthorizationService.GetUserAclEntryEx",
                input ->
                        "<g:DigestUsername>"
                                + (FakeModel.text(input, "Handle").equals("1") ? "$$uns" : "FCFH")
                                + "</g:DigestUsername><g:AccessPermission>1</g:AccessPermission>"
                                + "<g:Realms>13</g:Realms><g:Realms>99</g:Realms>"
                                + "<g:ReturnValue>0</g:ReturnValue>");
        returns("AMT_AuthorizationService.GetAclEnabledState", "<g:Enabled>false</g:Enabled>");

        List<Account> accounts = get(new AccountService(calls).list());

        assertThat(accounts).hasSize(2);
        assertThat(accounts.get(0).builtIn()).isTrue();
        assertThat(accounts.get(1))
                .isEqualTo(
                        new Account(
                                3,
                                Optional.of("FCFH"),
                                Optional.empty(),
                                1,
                                List.of(13, 99),
                                false));
        assertThat(Realm.nameOf(99)).isEqualTo("Realm 99");
    }

    @Test
    void accountsAreChangedSwitchedAndRemoved() {
        records("AMT_AuthorizationService.UpdateUserAclEntryEx", "", "Handle", "DigestUsername");
        records("AMT_AuthorizationService.SetAclEnabledState", "", "Handle", "Enabled");
        records("AMT_AuthorizationService.RemoveUserAclEntry", "", "Handle");
        records("AMT_AuthorizationService.SetAdminAclEntryEx", "", "Username", "DigestPassword");
        AccountService service = new AccountService(calls);

        get(service.update(3, new NewAccount("FCFH", "P@ssw0rd", 2, Set.of(Realm.REDIRECTION))));
        get(service.enable(3, false));
        get(service.remove(3));
        get(service.setAdministrator("FCFH", "P@ssw0rd"));

        assertThat(asked)
                .containsExactly(
                        "UpdateUserAclEntryEx [3] [FCFH]",
                        "SetAclEnabledState [3] [false]",
                        "RemoveUserAclEntry [3]",
                        "SetAdminAclEntryEx [FCFH] [lOMzO0OGQf23qqQJGw+mOw==]");
    }

    @Test
    void namesAndPasswordsAgainstTheRulesAreNotSent() {
        for (String user : List.of("", "seventeen-letters", "a:b", "$$uns", "<x>")) {
            assertThatThrownBy(() -> new NewAccount(user, "P@ssw0rd", 1, Set.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String password :
                List.of("P@ss0", "password1!", "PASSWORD1!", "Passw0rd", "P@ss:w0rd")) {
            assertThatThrownBy(() -> new NewAccount("a", password, 1, Set.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void certificatesAreListedAddedAndRemoved() {
        model.instance(
                "AMT_PublicKeyCertificate",
                "InstanceID",
                "Intel(r) AMT Certificate: Handle: 0",
                "Issuer",
                "CN=Root",
                "ReadOnlyCertificate",
                "false",
                "Subject",
                "CN=Root",
                "TrustedRootCertficate",
                "true",
                "X509Certificate",
                "MIIB");
        records(
                "AMT_PublicKeyManagementService.AddTrustedRootCertificate",
                "<g:CreatedCertificate>"
                        + FakeModel.reference(
                                "http://intel.com/wbem/wscim/1/amt-schema/1/AMT_PublicKeyCertificate",
                                Map.of("InstanceID", "Intel(r) AMT Certificate: Handle: 1"))
                        + "</g:CreatedCertificate>",
                "CertificateBlob");
        CertificateService service = new CertificateService(calls);

        DeviceCertificate root = get(service.certificates()).get(0);
        EndpointReference added = get(service.addTrustedRoot(new byte[] {1, 2, 3}));
        get(service.removeCertificate(root.instanceId()));

        assertThat(root.trustedRoot()).isTrue();
        assertThat(asked).containsExactly("AddTrustedRootCertificate [AQID]");
        assertThat(added.selectors().text("InstanceID"))
                .contains("Intel(r) AMT Certificate: Handle: 1");
        assertThat(get(service.certificates())).isEmpty();
    }

    @Test
    void aKeyThatIsBeingMadeIsWaitedFor() {
        int[] tries = {0};
        model.method(
                "AMT_PublicKeyManagementService.GenerateKeyPair",
                input ->
                        tries[0]++ < 2
                                ? "<g:ReturnValue>2061</g:ReturnValue>"
                                : "<g:KeyPair>"
                                        + FakeModel.reference(
                                                "http://intel.com/wbem/wscim/1/amt-schema/1/AMT_PublicPrivateKeyPair",
                                                Map.of("InstanceID", "Intel(r) AMT Key: Handle: 0"))
                                        + "</g:KeyPair><g:ReturnValue>0</g:ReturnValue>");
        records(
                "AMT_PublicKeyManagementService.GeneratePKCS10RequestEx",
                "<g:SignedCertificateRequest>BAUG</g:SignedCertificateRequest>",
                "Selector",
                "NullSignedCertificateRequest",
                "SigningAlgorithm");
        CertificateService service = new CertificateService(calls);

        EndpointReference key = get(service.generateKeyPair(2048));

        assertThat(get(service.signRequest(key, new byte[] {1, 2, 3}))).containsExactly(4, 5, 6);
        assertThat(asked)
                .containsExactly(
                        "GeneratePKCS10RequestEx [Intel(r) AMT Key: Handle: 0] [AQID] [1]");
    }

    @Test
    void tlsIsChangedAndCommittedEvenWhenTheAnswerIsLost() {
        model.instance(
                "AMT_TLSSettingData",
                "AcceptNonSecureConnections",
                "true",
                "Enabled",
                "false",
                "InstanceID",
                TlsSettings.NETWORK,
                "MutualAuthentication",
                "false");
        model.instance("AMT_TLSSettingData", "Enabled", "false", "InstanceID", TlsSettings.LOCAL);
        model.succeeds("AMT_SetupAndConfigurationService.CommitChanges");
        TlsService service = new TlsService(calls);

        get(
                service.change(
                        new TlsSettings(
                                TlsSettings.NETWORK, true, true, false, List.of("a", "b"))));
        get(
                service.useCertificate(
                        EndpointReference.of(
                                CertificateService.CERTIFICATE,
                                Selectors.of(
                                        "InstanceID", "Intel(r) AMT Certificate: Handle: 1"))));
        amt.mishaps.add(FakeAmt.Mishap.CLOSE_AFTER);

        assertThat(get(service.commit())).isEqualTo(Confirmation.UNCONFIRMED);
        assertThat(get(service.settings()).get(0))
                .isEqualTo(
                        new TlsSettings(TlsSettings.NETWORK, true, true, false, List.of("a", "b")));
        assertThat(model.instances("AMT_TLSCredentialContext")).hasSize(1);
    }

    @Test
    void redirectionIsSwitchedWithItsListener() {
        model.instance(
                "AMT_RedirectionService",
                "EnabledState",
                "32768",
                "ListenerEnabled",
                "false",
                "Name",
                "Intel(r) AMT Redirection Service");
        model.instance("CIM_KVMRedirectionSAP", "EnabledState", "3", "KVMProtocol", "4");
        records("AMT_RedirectionService.RequestStateChange", "", "RequestedState");
        records("CIM_KVMRedirectionSAP.RequestStateChange", "", "RequestedState");
        RedirectionService service = new RedirectionService(calls);

        RedirectionFeatures off = get(service.features());
        RedirectionFeatures on = get(service.set(true, true, true));

        assertThat(off).isEqualTo(new RedirectionFeatures(false, false, false, false, true));
        assertThat(on.listener() && on.sol() && on.ider()).isTrue();
        assertThat(asked).containsExactly("RequestStateChange [32771]", "RequestStateChange [2]");
    }

    @Test
    void amtWithoutKvmIsSwitchedWithoutKvm() {
        model.instance(
                "AMT_RedirectionService", "EnabledState", "32770", "ListenerEnabled", "true");
        records("AMT_RedirectionService.RequestStateChange", "", "RequestedState");
        RedirectionService service = new RedirectionService(calls);

        RedirectionFeatures none = get(service.set(false, false, true));

        assertThat(none).isEqualTo(new RedirectionFeatures(false, false, false, false, false));
    }

    @Test
    void displaysAreShownWithTheirRoles() {
        model.instance(
                "IPS_KVMRedirectionSettingData", "DefaultScreen", "1", "OptInPolicy", "true");
        model.instance(
                "IPS_ScreenSettingData",
                "IsActive",
                "true|true|false",
                "PrimaryIndex",
                "0",
                "ResolutionX",
                "1920|1280|0",
                "ResolutionY",
                "1080|1024|0",
                "SecondaryIndex",
                "1",
                "UpperLeftX",
                "0|1920|0",
                "UpperLeftY",
                "0|0|0");
        KvmService service = new KvmService(calls);

        List<Display> displays = get(service.displays());

        assertThat(displays.get(1))
                .isEqualTo(new Display(1, true, 1920, 0, 1280, 1024, "secondary", true));
        assertThat(displays.get(2).role()).isEmpty();
        assertThat(get(service.defaultScreen(0)).defaultScreen()).hasValue(0);
        assertThatThrownBy(() -> service.port5900(true, "short"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void consentIsAskedForAndSent() {
        model.instance(
                "IPS_OptInService",
                "CanModifyOptInPolicy",
                "1",
                "OptInCodeTimeout",
                "120",
                "OptInRequired",
                "4294967295",
                "OptInState",
                "2");
        records("IPS_OptInService.StartOptIn", "");
        records("IPS_OptInService.SendOptInCode", "", "OptInCode");
        records("IPS_OptInService.CancelOptIn", "");
        ConsentService service = new ConsentService(calls);

        ConsentState state = get(service.state());
        get(service.start());
        get(service.send(42));
        get(service.cancel());

        assertThat(state.required()).isEqualTo(ConsentState.Required.ALL);
        assertThat(state.waitsForCode()).isTrue();
        assertThat(state.given()).isFalse();
        assertThat(asked).containsExactly("StartOptIn", "SendOptInCode [42]", "CancelOptIn");
        assertThat(get(service.require(ConsentState.Required.KVM)).required())
                .isEqualTo(ConsentState.Required.KVM);
        assertThatThrownBy(() -> service.send(1_000_000))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void amtWithoutConsentSaysSo() {
        assertThat(failure(new ConsentService(calls).state()))
                .isEqualTo(new AmtFailure.Unsupported("IPS_OptInService Get"));
    }
}
