package org.outpost.amt.wsman;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.outpost.amt.connection.ConnectionSettings;
import org.outpost.amt.connection.TransportChoice;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.failure.PtStatus;
import org.outpost.amt.fake.FakeAmt.Mishap;
import org.outpost.amt.fake.FakeDigest;
import org.outpost.amt.fake.TestDevice;
import org.outpost.amt.wsman.http.Credentials;
import org.outpost.amt.xml.Element;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The whole client against a device written from the document. */
final class WsmanClientTest {
    private static final Invocation POWER =
            Invocation.of(AmtClass.of("CIM_PowerManagementService"), "RequestPowerStateChange")
                    .with("PowerState", 8);

    private TestDevice device = TestDevice.plain();

    @AfterEach
    void close() {
        device.close();
    }

    private void signInAs(Credentials credentials) {
        device.close();
        device =
                new TestDevice(ConnectionSettings.DEFAULT.with(TransportChoice.PLAIN), credentials);
        device.amt.plain();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return TestDevice.get(stage);
    }

    private void warm() {
        device.amt.model.instance("AMT_GeneralSettings", "HostName", "pc-1");
        get(device.calls().get("AMT_GeneralSettings"));
    }

    @Test
    void aGetAfterAPutShowsTheChangeAndKeepsTheRest() {
        device.amt.model.instance(
                "AMT_GeneralSettings", "HostName", "a", "PowerSource", "0", "Z", "1|2");

        get(device.calls().update("AMT_GeneralSettings", read -> read.with("HostName", "b<&")));
        Element now = get(device.calls().get("AMT_GeneralSettings"));

        assertThat(now.text("HostName")).contains("b<&");
        assertThat(now.texts("Z")).containsExactly("1", "2");
        assertThat(device.amt.model.calls)
                .containsExactly(
                        "AMT_GeneralSettings Get",
                        "AMT_GeneralSettings Put",
                        "AMT_GeneralSettings Get");
    }

    @Test
    void whatIsNotChangedIsNotWritten() {
        device.amt.model.instance("AMT_GeneralSettings", "HostName", "a");

        get(device.calls().update("AMT_GeneralSettings", read -> read.with("HostName", "a")));

        assertThat(device.amt.model.calls).containsExactly("AMT_GeneralSettings Get");
    }

    @Test
    void aListIsPulledToItsEnd() {
        for (int i = 0; i < 5; i++) {
            device.amt.model.instance("CIM_Chip", "Tag", "CPU " + i);
        }
        device.amt.model.empty("CIM_Fan");

        assertThat(get(device.calls().enumerate("CIM_Chip")))
                .extracting(chip -> chip.textOr("Tag", ""))
                .containsExactly("CPU 0", "CPU 1", "CPU 2", "CPU 3", "CPU 4");
        assertThat(get(device.calls().enumerate("CIM_Fan"))).isEmpty();
    }

    @Test
    void aListThatWasLostOnTheWayIsBegunOnceMore() {
        device.amt.model.instance("CIM_Chip", "Tag", "CPU 0");
        device.amt.model.lostLists = 1;
        assertThat(get(device.calls().enumerate("CIM_Chip"))).hasSize(1);

        device.amt.model.lostLists = 5;
        assertThat(TestDevice.failure(device.calls().enumerate("CIM_Chip")))
                .isInstanceOf(AmtFailure.WsmanFault.class);
    }

    @Test
    void aListWithoutEndIsGivenUp() {
        device.amt.model.page = 0;
        device.amt.model.instance("CIM_Chip", "Tag", "CPU 0");

        assertThat(TestDevice.failure(device.calls().enumerate("CIM_Chip")))
                .isEqualTo(new AmtFailure.ProtocolError("its list has no end"));
    }

    @Test
    void keysNameTheInstanceAndMayBeReferences() {
        device.amt.model.instance("CIM_A", "InstanceID", "1", "V", "x");
        device.amt.model.instance("CIM_A", "InstanceID", "2", "V", "y");
        Selectors two =
                Selectors.of("InstanceID", "2")
                        .and(
                                "Filter",
                                EndpointReference.of(
                                        AmtClass.of("CIM_FilterCollection"),
                                        Selectors.of("InstanceID", "Intel(r) AMT:All")));

        assertThat(get(device.calls().get("CIM_A", two)).text("V")).contains("y");
        assertThat(device.amt.envelopes.getLast()).contains("Intel(r) AMT:All");
        assertThat(TestDevice.failure(device.calls().get("CIM_A")))
                .isInstanceOfSatisfying(
                        AmtFailure.WsmanFault.class,
                        fault -> assertThat(fault.subcode()).isEqualTo("InvalidSelectors"));
    }

    @Test
    void createdInstancesAreNamedAndCanBeRemoved() {
        EndpointReference made =
                get(
                        device.calls()
                                .create(
                                        "AMT_X",
                                        Element.of(
                                                AmtClass.of("AMT_X").uri(), "AMT_X", List.of())));

        assertThat(made.className()).isEqualTo("AMT_X");
        assertThat(made.selectors().text("InstanceID")).contains("Intel(r) AMT:AMT_X 1");
        get(device.calls().delete("AMT_X", made.selectors()));
        assertThat(device.amt.model.instances("AMT_X")).isEmpty();
    }

    @Test
    void returnValuesAreFailuresInTheGuidesWords() {
        device.amt.model.method(
                "CIM_PowerManagementService.RequestPowerStateChange",
                input -> "<g:ReturnValue>2</g:ReturnValue>");
        device.amt.model.method(
                "AMT_AuthorizationService.AddUserAclEntryEx",
                input -> "<g:ReturnValue>2058</g:ReturnValue>");
        device.amt.model.method(
                "CIM_BootConfigSetting.ChangeBootOrder",
                input -> "<g:ReturnValue>34849</g:ReturnValue>");

        assertThat(TestDevice.failure(device.calls().invoke(POWER)).sentence())
                .contains("UNKNOWN_ERROR (2)");
        assertThat(
                        TestDevice.failure(
                                        device.calls()
                                                .invoke(
                                                        Invocation.of(
                                                                AmtClass.of(
                                                                        "AMT_AuthorizationService"),
                                                                "AddUserAclEntryEx")))
                                .sentence())
                .contains("DUPLICATE (2058)")
                .contains("there already");
        assertThat(
                        TestDevice.failure(
                                device.calls()
                                        .invoke(
                                                Invocation.of(
                                                        AmtClass.of("CIM_BootConfigSetting"),
                                                        "ChangeBootOrder"))))
                .isInstanceOf(AmtFailure.UserConsentRequired.class);
    }

    @Test
    void faultsAreFailures() {
        device.amt.model.instance("AMT_X", "A", "1");
        device.amt.model.refuse("AMT_X Put", "AccessDenied");
        device.amt.model.refuse("AMT_X Delete", "InternalError#2065");
        device.amt.model.refuse("AMT_X Create", "InternalError#2081");

        assertThat(TestDevice.failure(device.calls().get("CIM_KVMRedirectionSAP")))
                .isEqualTo(new AmtFailure.Unsupported("CIM_KVMRedirectionSAP Get"));
        assertThat(TestDevice.failure(device.calls().update("AMT_X", one -> one.with("A", "2"))))
                .isEqualTo(new AmtFailure.AccessDenied("AMT_X Put"));
        assertThat(TestDevice.failure(device.calls().delete("AMT_X", Selectors.NONE)))
                .isEqualTo(
                        new AmtFailure.WsmanFault(
                                "InternalError",
                                "words",
                                Optional.of(PtStatus.valueOf(2065)),
                                "AMT_X Delete"));
        assertThat(TestDevice.failure(device.calls().create("AMT_X", Element.of("urn:x", "X", ""))))
                .isInstanceOf(AmtFailure.UserConsentRequired.class);
    }

    @Test
    void oneChallengeServesManyRequestsAndConnections() {
        warm();
        device.amt.dropConnections();
        get(device.calls().get("AMT_GeneralSettings"));
        get(device.calls().get("AMT_GeneralSettings"));

        assertThat(device.amt.digest.challenges).isEqualTo(1);
        assertThat(device.amt.opened()).isEqualTo(2);
        assertThat(device.session.realm()).contains(FakeDigest.REALM);
    }

    @Test
    void anOldNonceIsReplacedSilently() {
        warm();
        device.amt.digest.renew();

        get(device.calls().get("AMT_GeneralSettings"));

        assertThat(device.amt.digest.challenges).isEqualTo(2);
        assertThat(device.amt.digest.failures).isZero();
    }

    @Test
    void authIntIsAnsweredWhereItIsAllThereIs() {
        device.amt.digest.qop = "auth-int";
        warm();

        assertThat(device.amt.envelopes).hasSize(1);
    }

    @Test
    void aWrongPasswordIsTriedOnceAndThenLeftAlone() {
        signInAs(new Credentials("admin", "wrong"));
        device.amt.model.instance("AMT_X", "A", "1");

        AmtFailure failure = TestDevice.failure(device.calls().get("AMT_X"));
        AmtFailure again = TestDevice.failure(device.calls().get("AMT_X"));

        assertThat(failure).isEqualTo(new AmtFailure.AuthenticationFailed("admin"));
        assertThat(again).isEqualTo(failure);
        assertThat(device.amt.digest.failures).isEqualTo(1);
        assertThat(device.amt.digest.challenges).isEqualTo(2);
    }

    @Test
    void anotherRealmGetsNoDigestOfThePassword() {
        signInAs(new Credentials("admin", "P@ssw0rd", Optional.of("Digest:other")));

        assertThat(TestDevice.failure(device.calls().get("AMT_X")))
                .isEqualTo(new AmtFailure.RealmChanged("Digest:other", FakeDigest.REALM));
        assertThat(device.amt.digest.challenges).isEqualTo(1);
    }

    @Test
    void aReadOverALostConnectionIsSentAgain() {
        warm();
        device.amt.mishaps.add(Mishap.CLOSE);

        get(device.calls().get("AMT_GeneralSettings"));

        assertThat(device.amt.opened()).isEqualTo(2);
    }

    @Test
    void aPowerActionIsNeverSentTwice() {
        warm();
        device.amt.model.succeeds("CIM_PowerManagementService.RequestPowerStateChange");
        device.amt.mishaps.add(Mishap.CLOSE_AFTER);

        AmtFailure failure = TestDevice.failure(device.calls().invoke(POWER));

        assertThat(failure).isEqualTo(new AmtFailure.ConnectionLost(true));
        assertThat(failure.perhapsDone()).isTrue();
        assertThat(device.amt.model.calls)
                .containsOnlyOnce("CIM_PowerManagementService RequestPowerStateChange");
    }

    @Test
    void aPowerActionOverAnIdleConnectionThatWasClosedSucceeds() {
        warm();
        device.amt.model.succeeds("CIM_PowerManagementService.RequestPowerStateChange");
        device.amt.dropConnections();

        get(device.calls().invoke(POWER));

        assertThat(device.amt.opened()).isEqualTo(2);
    }

    @Test
    void aBusyDeviceIsAskedAgain() {
        warm();
        device.amt.mishaps.addAll(List.of(Mishap.UNAVAILABLE, Mishap.UNAVAILABLE));

        get(device.calls().get("AMT_GeneralSettings"));

        assertThat(device.amt.mishaps).isEmpty();
    }

    @Test
    void aDeviceThatIsSilentTimesOutAndIsNotWaitedForAgain() {
        warm();
        device.amt.mishaps.add(Mishap.SILENCE);

        assertThat(
                        TestDevice.failure(
                                device.calls(Duration.ofMillis(300)).get("AMT_GeneralSettings")))
                .isEqualTo(new AmtFailure.TimedOut(Duration.ofMillis(300), true));
        get(device.calls().get("AMT_GeneralSettings"));
    }

    @Test
    void aClosedPortIsSaidToBeRefused() {
        device.amt.close(16992);

        assertThat(TestDevice.failure(device.calls().get("AMT_X")))
                .isEqualTo(new AmtFailure.Unreachable(16992, AmtFailure.Reach.REFUSED));
    }

    @Test
    void identifyHasNoAddressingHeader() {
        Element identity = get(device.calls().call(new AmtCall.Identify()));

        assertThat(identity.text("ProductVersion")).contains("AMT 12.0");
        assertThat(identity.attribute(AmtCall.Identify.SERVER))
                .contains("Intel(R) Active Management Technology 12.0.67");
        assertThat(device.amt.envelopes.getLast()).doesNotContain("Action");
    }

    @Test
    void aSubscriptionCarriesItsLoginAndWhatComesBack() {
        Subscription subscription =
                new Subscription(
                        "Intel(r) AMT:All",
                        "https://outpost.example:8444/alerts",
                        true,
                        Optional.of(new Subscription.Login("pc-1", "secret")),
                        Map.of("uuid", "55e3ae13-bfd2-61bb-17a0-88aedd7037ea"));

        assertThat(get(device.calls().call(new AmtCall.Subscribe(subscription)))).isPresent();

        assertThat(device.amt.envelopes.getLast())
                .contains("PushWithAck")
                .contains("secprofile/http/digest")
                .contains(">55e3ae13-bfd2-61bb-17a0-88aedd7037ea</")
                .contains(">secret</");
        assertThat(subscription.toString()).doesNotContain("secret");
    }

    @Test
    void theExplorerShowsBothSides() {
        device.amt.model.instance("CIM_Chip", "Tag", "CPU 0");

        Exploration listed =
                get(
                        device.calls()
                                .call(
                                        new AmtCall.Explore(
                                                AmtClass.of("CIM_Chip"), Optional.empty())));

        assertThat(listed.instances()).hasSize(1);
        assertThat(listed.exchanges()).hasSize(2);
        assertThat(listed.exchanges().get(1).response()).contains("<g:Tag>CPU 0</g:Tag>");
    }
}
