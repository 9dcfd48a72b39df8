package org.outpost.simulator.wsman.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.support.WsmanClient.element;
import static org.outpost.simulator.support.WsmanClient.endpoint;
import static org.outpost.simulator.support.WsmanClient.reference;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.simulator.account.Account;
import org.outpost.simulator.account.Accounts;
import org.outpost.simulator.firmware.ControlMode;
import org.outpost.simulator.identity.Generation;
import org.outpost.simulator.machine.ConsentPolicy;
import org.outpost.simulator.machine.ConsentState;
import org.outpost.simulator.machine.PowerAction;
import org.outpost.simulator.support.TestDevice;
import org.outpost.simulator.support.WsmanClient;
import org.outpost.simulator.support.WsmanClient.Answer;

import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;

/** Accounts, certificates, keys, TLS, consent, subscriptions: what decides who may do what. */
class SecurityClassesTest {
    private final TestDevice device = new TestDevice(Generation.AMT_12_0, 2);
    private final WsmanClient client = new WsmanClient(device);

    @AfterEach
    void close() {
        device.close();
    }

    @Test
    void theHashOfTheDocumentsSampleUser() {
        String hash = Accounts.hash("FCFH", "Digest:F3EB554784E729164447A89F60B641C5", "P@ssw0rd");

        assertThat(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hash)))
                .isEqualTo("lOMzO0OGQf23qqQJGw+mOw==");
    }

    @Test
    void accountsAreAddedListedChangedAndRemoved() {
        assertThat(add("FCFH", "13", "4", "19").value("Handle")).isEqualTo("3");
        assertThat(add("FCFH", "13").value("ReturnValue")).isEqualTo("2058");
        assertThat(add("other", "99").value("ReturnValue")).isEqualTo("2055");
        assertThat(add("a name too long for it", "13").value("ReturnValue")).isEqualTo("36");
        assertThat(call("EnumerateUserAclEntries", element("StartIndex", 1)).values("Handles"))
                .containsExactly("1", "2", "3");
        Answer entry = call("GetUserAclEntryEx", element("Handle", 3));
        assertThat(entry.value("DigestUsername")).isEqualTo("FCFH");
        assertThat(entry.values("Realms")).containsExactly("4", "13", "19");
        assertThat(entry.text()).doesNotContain("DigestPassword");

        assertThat(
                        call("SetAclEnabledState", element("Handle", 3) + element("Enabled", false))
                                .value("ReturnValue"))
                .isEqualTo("0");
        assertThat(call("GetAclEnabledState", element("Handle", 3)).value("Enabled"))
                .isEqualTo("false");
        assertThat(device.firmware().accounts().find("FCFH")).isEmpty();
        call("RemoveUserAclEntry", element("Handle", 3));
        assertThat(call("GetUserAclEntryEx", element("Handle", 3)).value("ReturnValue"))
                .isEqualTo("2053");
        assertThat(call("RemoveUserAclEntry", element("Handle", 1)).value("ReturnValue"))
                .isEqualTo("16");
    }

    @Test
    void theSixteenthAccountFindsNoRoom() {
        for (int i = 0; i < 13; i++) {
            assertThat(add("user" + i, "13").value("ReturnValue")).isEqualTo("0");
        }

        assertThat(add("one-more", "13").value("ReturnValue")).isEqualTo("23");
    }

    @Test
    void anAccountMayWhatItsRealmsSay() {
        add("reader", "13", "19");
        Account reader = device.firmware().accounts().find("reader").orElseThrow();
        WsmanClient limited = client.as(reader);

        assertThat(limited.get("AMT_GeneralSettings").status()).isEqualTo(200);
        assertThat(
                        limited.invoke("AMT_MessageLog", "PositionToFirstRecord", "")
                                .value("ReturnValue"))
                .isEqualTo("0");
        assertThat(limited.invoke("AMT_MessageLog", "ClearLog", "").fault())
                .isEqualTo("AccessDenied");
        assertThat(limited.put("AMT_GeneralSettings", element("HostName", "x")).fault())
                .isEqualTo("AccessDenied");
        assertThat(limited.get("AMT_AuditLog").fault()).isEqualTo("AccessDenied");
        assertThat(
                        limited.invoke(
                                        "AMT_AuthorizationService",
                                        "EnumerateUserAclEntries",
                                        element("StartIndex", 1))
                                .fault())
                .isEqualTo("AccessDenied");
    }

    private Answer add(String user, String... realms) {
        StringBuilder input =
                new StringBuilder(element("AccessPermission", 2))
                        .append(element("DigestUsername", user))
                        .append(element("DigestPassword", "lOMzO0OGQf23qqQJGw+mOw=="));
        for (String realm : realms) {
            input.append(element("Realms", realm));
        }
        return call("AddUserAclEntryEx", input.toString());
    }

    private Answer call(String method, String input) {
        return client.invoke("AMT_AuthorizationService", method, input);
    }

    @Test
    void aTrustedRootIsAddedOnceShownAndDeleted() throws Exception {
        String der = certificate("CN=Test Root");

        Answer added = addRoot(der);

        assertThat(added.value("ReturnValue")).isEqualTo("0");
        assertThat(added.text()).contains("Intel(r) AMT Certificate: Handle: 0");
        assertThat(addRoot(der).value("ReturnValue")).isEqualTo("2058");
        assertThat(addRoot("bm90IGEgY2VydGlmaWNhdGU=").value("ReturnValue")).isEqualTo("2063");
        Answer shown = client.get("AMT_PublicKeyCertificate");
        assertThat(shown.value("X509Certificate")).isEqualTo(der);
        assertThat(shown.value("TrustedRootCertficate")).isEqualTo("true");
        assertThat(shown.value("Subject")).isEqualTo("CN=Test Root");

        client.delete(
                "AMT_PublicKeyCertificate", "InstanceID", "Intel(r) AMT Certificate: Handle: 0");
        assertThat(client.enumerate("AMT_PublicKeyCertificate").items()).isEmpty();
    }

    private Answer addRoot(String der) {
        return client.invoke(
                "AMT_PublicKeyManagementService",
                "AddTrustedRootCertificate",
                element("CertificateBlob", der));
    }

    private static String certificate(String subject) throws Exception {
        X509Bundle bundle =
                new CertificateBuilder()
                        .subject(subject)
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        return Base64.getEncoder().encodeToString(bundle.getCertificate().getEncoded());
    }

    /** The way of wsman.md §10.2: a key, a request signed by it, a certificate, TLS with it. */
    @Test
    void aKeyMadeInsideSignsARequestAndItsCertificateServesTls() throws Exception {
        Answer made =
                client.invoke(
                        "AMT_PublicKeyManagementService",
                        "GenerateKeyPair",
                        element("KeyAlgorithm", 0) + element("KeyLength", 2048));
        assertThat(made.value("ReturnValue")).isEqualTo("0");
        PublicKey key = publicKey(client.get("AMT_PublicPrivateKeyPair").value("DERKey"));

        Answer signed =
                client.invoke(
                        "AMT_PublicKeyManagementService",
                        "GeneratePKCS10RequestEx",
                        reference(
                                        "KeyPair",
                                        "AMT_PublicPrivateKeyPair",
                                        "InstanceID",
                                        "Intel(r) AMT Key: Handle: 0")
                                + element("NullSignedCertificateRequest", nullSigned(key))
                                + element("SigningAlgorithm", 1));
        PKCS10CertificationRequest request =
                new PKCS10CertificationRequest(
                        Base64.getDecoder().decode(signed.value("SignedCertificateRequest")));
        assertThat(request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key)))
                .isTrue();

        X509Bundle ca =
                new CertificateBuilder()
                        .subject("CN=CA")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        X509Bundle leaf =
                new CertificateBuilder().subject("CN=pc").publicKey(key).buildIssuedBy(ca);
        String der = Base64.getEncoder().encodeToString(leaf.getCertificate().getEncoded());
        assertThat(
                        client.invoke(
                                        "AMT_PublicKeyManagementService",
                                        "AddCertificate",
                                        element("CertificateBlob", der))
                                .value("ReturnValue"))
                .isEqualTo("0");
        assertThat(credential(0).status()).isEqualTo(200);
        assertThat(credential(0).fault()).isEqualTo("AlreadyExists");
        assertThat(client.enumerate("AMT_TLSCredentialContext").text())
                .contains("Intel(r) AMT Certificate: Handle: 0");
        assertThat(
                        client.delete(
                                        "AMT_PublicKeyCertificate",
                                        "InstanceID",
                                        "Intel(r) AMT Certificate: Handle: 0")
                                .fault())
                .isEqualTo("InternalError");
        assertThat(client.delete("AMT_TLSCredentialContext").status()).isEqualTo(200);
    }

    @Test
    void aCertificateWithoutItsKeyAndARootForTlsAreRefused() throws Exception {
        addRoot(certificate("CN=Root"));

        assertThat(
                        client.invoke(
                                        "AMT_PublicKeyManagementService",
                                        "AddCertificate",
                                        element("CertificateBlob", certificate("CN=Leaf")))
                                .value("ReturnValue"))
                .isEqualTo("2064");
        assertThat(credential(0).fault()).isEqualTo("InternalError");
        assertThat(credential(0).text()).contains("AMT-STATUS 2063");
    }

    private Answer credential(int handle) {
        return client.create(
                "AMT_TLSCredentialContext",
                reference(
                                "ElementInContext",
                                "AMT_PublicKeyCertificate",
                                "InstanceID",
                                "Intel(r) AMT Certificate: Handle: " + handle)
                        + reference(
                                "ElementProvidingContext",
                                "AMT_TLSProtocolEndpointCollection",
                                "ElementName",
                                "TLSProtocolEndpoint Instances Collection"));
    }

    private static PublicKey publicKey(String pkcs1) throws Exception {
        SubjectPublicKeyInfo info =
                new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(
                                PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                        Base64.getDecoder().decode(pkcs1));
        return KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(info.getEncoded()));
    }

    /** A request for that key, signed by another, as a console makes it to have it signed. */
    private static String nullSigned(PublicKey key) throws Exception {
        KeyPairGenerator other = KeyPairGenerator.getInstance("RSA");
        other.initialize(1024);
        byte[] request =
                new PKCS10CertificationRequestBuilder(
                                new X500Name("CN=pc"),
                                SubjectPublicKeyInfo.getInstance(key.getEncoded()))
                        .build(
                                new JcaContentSignerBuilder("SHA256withRSA")
                                        .build(other.generateKeyPair().getPrivate()))
                        .getEncoded();
        return Base64.getEncoder().encodeToString(request);
    }

    @ParameterizedTest
    @CsvSource({"0, 1024", "0, 2048"})
    void keysOfBothUsualLengthsAreMade(int algorithm, int bits) throws Exception {
        client.invoke(
                "AMT_PublicKeyManagementService",
                "GenerateKeyPair",
                element("KeyAlgorithm", algorithm) + element("KeyLength", bits));

        RSAPublicKey key =
                (RSAPublicKey) publicKey(client.get("AMT_PublicPrivateKeyPair").value("DERKey"));
        assertThat(key.getModulus().bitLength()).isEqualTo(bits);
    }

    @Test
    void consentIsAskedShownSentAndNeededForBootOptions() {
        try (TestDevice owned =
                new TestDevice(Generation.AMT_15_0, 3, ControlMode.CLIENT, ConsentPolicy.NONE)) {
            WsmanClient technician = new WsmanClient(owned);
            owned.firmware().machine().request(PowerAction.ON);
            owned.pass(Duration.ofSeconds(20));
            assertThat(technician.get("IPS_OptInService").value("OptInRequired"))
                    .isEqualTo("4294967295");
            assertThat(technician.put("IPS_OptInService", element("OptInRequired", 0)).text())
                    .contains("AMT-STATUS 16");
            assertThat(technician.put("AMT_BootSettingData", element("BIOSSetup", true)).text())
                    .contains("AMT-STATUS 2081");

            technician.invoke("IPS_OptInService", "StartOptIn", "");
            assertThat(technician.get("IPS_OptInService").value("OptInState")).isEqualTo("2");
            String notice = owned.firmware().machine().screen().notice();
            String code = notice.substring(notice.length() - 6);
            int wrong = (Integer.parseInt(code) + 1) % 1_000_000;
            assertThat(send(technician, wrong)).isEqualTo("2066");
            assertThat(send(technician, Integer.parseInt(code))).isEqualTo("0");
            assertThat(technician.get("IPS_OptInService").value("OptInState")).isEqualTo("3");
            assertThat(technician.put("AMT_BootSettingData", element("BIOSSetup", true)).status())
                    .isEqualTo(200);
            technician.invoke("IPS_OptInService", "CancelOptIn", "");
            assertThat(owned.firmware().consent().state()).isEqualTo(ConsentState.NOT_STARTED);
        }
    }

    private static String send(WsmanClient client, int code) {
        return client.invoke("IPS_OptInService", "SendOptInCode", element("OptInCode", code))
                .value("ReturnValue");
    }

    @Test
    void subscriptionsAreMadeListedInOrderAndEnded() {
        subscribe("http://192.0.2.5:5000/alerts");
        Answer second = subscribe("http://192.0.2.6:5000/alerts");

        assertThat(second.status()).as(second.text()).isEqualTo(200);
        assertThat(second.text()).contains("SubscriptionManager", "Listener Destination 1");
        assertThat(client.enumerate("CIM_ListenerDestination").values("Destination"))
                .containsExactly("http://192.0.2.5:5000/alerts", "http://192.0.2.6:5000/alerts");
        assertThat(client.enumerate("CIM_ListenerDestination").value("DeliveryAuth"))
                .isEqualTo("2");
        assertThat(client.enumerate("CIM_ListenerDestination").text())
                .doesNotContain("listener-secret");

        Answer ended =
                client.ask(
                        "http://schemas.xmlsoap.org/ws/2004/08/eventing/Unsubscribe",
                        "CIM_FilterCollectionSubscription",
                        "<e:Unsubscribe"
                                + " xmlns:e=\"http://schemas.xmlsoap.org/ws/2004/08/eventing\"/>",
                        "Filter",
                        "<a:EndpointReference>"
                                + endpoint("CIM_FilterCollection", "InstanceID", "Intel(r) AMT:All")
                                + "</a:EndpointReference>",
                        "Handler",
                        "<a:EndpointReference>"
                                + endpoint(
                                        "CIM_ListenerDestinationWSManagement",
                                        "CreationClassName",
                                        "CIM_ListenerDestinationWSMAN",
                                        "Name",
                                        "Intel(r) AMT:Listener Destination 0",
                                        "SystemCreationClassName",
                                        "CIM_ComputerSystem",
                                        "SystemName",
                                        "Intel(r) AMT")
                                + "</a:EndpointReference>");
        assertThat(ended.status()).as(ended.text()).isEqualTo(200);
        assertThat(client.enumerate("CIM_ListenerDestination").values("Destination"))
                .containsExactly("http://192.0.2.6:5000/alerts");
    }

    @Test
    void theTenthSubscriptionAndAnUnknownModeAreRefused() {
        assertThat(subscribe("ftp://192.0.2.5/").fault()).isEqualTo("SchemaValidationError");
        for (int i = 0; i < 9; i++) {
            assertThat(subscribe("http://192.0.2.5:5000/" + i).status()).isEqualTo(200);
        }

        assertThat(subscribe("http://192.0.2.5:5000/9").fault()).isEqualTo("QuotaLimit");
    }

    private Answer subscribe(String address) {
        return client.send(
                """
                <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
                 xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"
                 xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
                 xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/trust"
                 xmlns:e="http://schemas.xmlsoap.org/ws/2004/08/eventing"
                 xmlns:se="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">
                <s:Header><a:Action>http://schemas.xmlsoap.org/ws/2004/08/eventing/Subscribe</a:Action>
                <a:To>/wsman</a:To><a:MessageID>5</a:MessageID>
                <w:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_FilterCollection</w:ResourceURI>
                <w:SelectorSet><w:Selector Name="InstanceID">Intel(r) AMT:All</w:Selector></w:SelectorSet>
                <t:IssuedTokens><t:RequestSecurityTokenResponse><t:RequestedSecurityToken>
                <se:UsernameToken><se:Username>u</se:Username><se:Password>listener-secret</se:Password></se:UsernameToken>
                </t:RequestedSecurityToken></t:RequestSecurityTokenResponse></t:IssuedTokens>
                </s:Header><s:Body><e:Subscribe>
                <e:Delivery Mode="http://schemas.dmtf.org/wbem/wsman/1/wsman/PushWithAck">
                <e:NotifyTo><a:Address>%s</a:Address></e:NotifyTo></e:Delivery>
                </e:Subscribe></s:Body></s:Envelope>
                """
                        .formatted(address));
    }

    @Test
    void aTrapReceiverNeedsAFilterOfItsPolicy() {
        String all =
                element("EnableFilter", true)
                        + element("OEMFilter", false)
                        + element("LogOnEvent", false)
                        + element("SendAlert", true)
                        + element("PolicyID", 42);
        StringBuilder filter = new StringBuilder(all);
        for (String name :
                new String[] {
                    "DeviceAddress",
                    "EventSensorType",
                    "EventType",
                    "EventOffset",
                    "EventSourceType",
                    "EventSeverity",
                    "SensorNumber",
                    "Entity",
                    "EntityInstance"
                }) {
            filter.append(element(name, 255));
        }
        assertThat(receiver("192.0.2.9").text()).contains("AMT-STATUS 36");

        assertThat(client.create("AMT_PETFilterSetting", filter.toString()).status())
                .isEqualTo(200);
        assertThat(receiver("192.0.2.9").status()).isEqualTo(200);
        assertThat(receiver("a-name.example").text()).contains("AMT-STATUS 2066");

        assertThat(client.get("AMT_SNMPEventSubscriber").value("AccessInfo"))
                .isEqualTo("192.0.2.9");
        assertThat(client.get("AMT_SNMPEventSubscriber").value("CommunityString"))
                .isEqualTo("vpro");
        assertThat(client.enumerate("AMT_PETFilterForTarget").items()).hasSize(1);
        assertThat(client.enumerate("AMT_TrapTargetForService").items()).hasSize(1);
        assertThat(client.delete("AMT_SNMPEventSubscriber").status()).isEqualTo(200);
        assertThat(client.enumerate("AMT_SNMPEventSubscriber").items()).isEmpty();
    }

    private Answer receiver(String address) {
        return client.create(
                "AMT_SNMPEventSubscriber",
                element("AccessInfo", address)
                        + element("InfoFormat", 3)
                        + element("PolicyID", 42)
                        + element("CommunityString", "vpro"));
    }

    @Test
    void logsAreReadPageByPage() {
        for (int i = 0; i < 25; i++) {
            client.put("AMT_GeneralSettings", element("HostName", "host-" + i));
            device.firmware().journal().notification(3, i);
        }

        Answer first = records(1, 20);
        assertThat(first.values("RecordArray")).hasSize(20);
        assertThat(first.value("NoMoreRecords")).isEqualTo("false");
        Answer rest = records(Integer.parseInt(first.value("IterationIdentifier")), 20);
        assertThat(rest.values("RecordArray")).hasSize(5);
        assertThat(rest.value("NoMoreRecords")).isEqualTo("true");
        assertThat(Base64.getDecoder().decode(first.values("RecordArray").getFirst())).hasSize(21);

        Answer audit = client.invoke("AMT_AuditLog", "ReadRecords", element("StartIndex", 21));
        assertThat(audit.value("TotalRecordCount")).isEqualTo("25");
        assertThat(audit.value("RecordsReturned")).isEqualTo("5");
        assertThat(client.invoke("AMT_MessageLog", "ClearLog", "").value("ReturnValue"))
                .isEqualTo("0");
        assertThat(records(1, 390).value("NoMoreRecords")).isEqualTo("true");
        assertThat(client.get("AMT_MessageLog").value("CurrentNumberOfRecords")).isEqualTo("0");
    }

    private Answer records(int from, int most) {
        return client.invoke(
                "AMT_MessageLog",
                "GetRecords",
                element("IterationIdentifier", from) + element("MaxReadRecords", most));
    }
}
