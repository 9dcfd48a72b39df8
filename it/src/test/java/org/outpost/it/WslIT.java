package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.it.support.Fleet;
import org.outpost.it.support.Office;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Debian's wsl, a WS-Management client made of shell scripts around curl. Its curl is told the
 * door, and to use digest, by {@code .curlrc}. It ends with 0 whenever curl had an answer of any
 * kind.
 */
@NeedsTool({"wsl", "curl", "xmllint", "uuidgen"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WslIT {
    private static final String AMT = "http://intel.com/wbem/wscim/1/amt-schema/1/";
    private static final String GENERAL_SETTINGS = AMT + "AMT_GeneralSettings";
    private static final String POWER = "CIM_AssociatedPowerManagementService";

    private Path folder;
    private Office office;

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        office = new Office(folder, "wsl", "12.0");
    }

    @AfterAll
    void stop() {
        office.close();
    }

    /** A call of wsl; instances are immutable. */
    private record Wsl(Path home, String target, String password, String ssl) {
        Command.Result run(String... arguments) {
            List<String> words =
                    new ArrayList<>(List.of("sh", "-c", "cd \"$HOME\" && exec wsl \"$@\"", "wsl"));
            words.addAll(Arrays.asList(arguments));
            return Command.of(words.toArray(String[]::new))
                    .with("HOME", home.toString())
                    .with("WSENDPOINT", target)
                    .with("WSUSER", Fleet.AMT_USER)
                    .with("WSPASS", password)
                    .with("WSNOSSL", ssl)
                    .with("KEEPHISTORY", "0")
                    .within(Duration.ofSeconds(60))
                    .run();
        }

        /** What it shows on both its outputs. */
        String show(String... arguments) {
            Command.Result result = run(arguments);
            return result.out() + result.err();
        }

        Wsl at(String otherTarget) {
            return new Wsl(home, otherTarget, password, ssl);
        }

        Wsl signingInWith(String otherPassword) {
            return new Wsl(home, target, otherPassword, ssl);
        }

        Wsl withTls() {
            return new Wsl(home, target, password, "");
        }

        /** What its curl wrote to the log. */
        String log() throws IOException {
            return Files.readString(home.resolve("log.txt"));
        }
    }

    private Wsl through(String door, String... curlOptions) throws IOException {
        Path home = Files.createTempDirectory(folder, "home");
        List<String> options = new ArrayList<>(List.of("proxy = \"" + door + "\""));
        options.addAll(Arrays.asList(curlOptions));
        Files.write(home.resolve(".curlrc"), options);
        return new Wsl(home, office.device().name() + ":16992", Fleet.AMT_PASSWORD, "true");
    }

    private Wsl throughProxy() throws IOException {
        return through(office.httpProxy(), "digest");
    }

    private Wsl throughSocks() throws IOException {
        return through(office.socks(), "digest");
    }

    private Wsl through(boolean socks) throws IOException {
        return socks ? throughSocks() : throughProxy();
    }

    @ParameterizedTest(name = "SOCKS {0}")
    @ValueSource(booleans = {false, true})
    void theDeviceIdentifiesItself(boolean socks) throws IOException {
        assertThat(through(socks).show("identify", "check"))
                .contains(
                        "<c:ProductVendor>Intel(r)</c:ProductVendor>",
                        "<c:ProductVersion>AMT 12.0</c:ProductVersion>");
    }

    @ParameterizedTest(name = "SOCKS {0}")
    @ValueSource(booleans = {false, true})
    void theSameOverTlsInsideTheTunnel(boolean socks) throws IOException {
        assertThat(
                        through(socks)
                                .withTls()
                                .at(office.device().name() + ":16993")
                                .show("identify", "check"))
                .contains("<c:ProductVersion>AMT 12.0</c:ProductVersion>");
    }

    @ParameterizedTest(name = "SOCKS {0}")
    @ValueSource(booleans = {false, true})
    void anEnumerationIsPulledToItsEnd(boolean socks) throws IOException {
        Command.Result result = through(socks).run("enum", "CIM_SoftwareIdentity");

        assertThat(result.succeeded().out())
                .contains(
                        "EnumerateResponse</b:Action>",
                        "PullResponse</b:Action>",
                        "<h:InstanceID>Netstack</h:InstanceID>",
                        "<g:EndOfSequence/>")
                .containsPattern("<h:VersionString>12\\.0\\.\\d+</h:VersionString>");
    }

    @Test
    void anEnumerationGivesReferencesInPlaceOfObjects() throws IOException {
        String shown =
                throughProxy()
                        .run("enum", "CIM_SoftwareIdentity", "-mode", "epr")
                        .succeeded()
                        .out();

        assertThat(shown)
                .contains(
                        "<b:EndpointReference>", "<c:Selector Name=\"InstanceID\">AMT</c:Selector>")
                .doesNotContain("VersionString");
        assertThat(throughProxy().show("enum", "CIM_SoftwareIdentity", "-mode", "objepr"))
                .contains("<b:EndpointReference>", "VersionString");
    }

    @Test
    void oneInstanceIsReadWithAndWithoutItsKey() throws IOException {
        String key = "InstanceID=Intel(r) AMT: General Settings";
        String host = office.device().name().replaceFirst("\\..*", "");

        assertThat(throughProxy().run("get", GENERAL_SETTINGS, key).succeeded().out())
                .contains("<g:HostName>" + host + "</g:HostName>");
        assertThat(throughSocks().show("get", GENERAL_SETTINGS))
                .contains("<g:HostName>" + host + "</g:HostName>");
        assertThat(throughProxy().show("get", GENERAL_SETTINGS, "InstanceID=another"))
                .contains("<a:Value>e:InvalidSelectors</a:Value>");
    }

    /** The PC is switched off, and then on again. */
    @Test
    void aMethodIsInvokedAndAReadShowsWhatItDid() throws IOException {
        Wsl wsl = throughProxy();
        String service =
                written(
                        wsl,
                        "service.xml",
                        reference(
                                "CIM_PowerManagementService",
                                "Name",
                                "Intel(r) AMT Power " + "Management Service"));
        String system =
                written(
                        wsl,
                        "system.xml",
                        reference("CIM_ComputerSystem", "Name", "ManagedSystem"));
        awaitPower(wsl, 2);

        for (int state : new int[] {8, 2}) {
            String answer =
                    wsl.run(
                                    "invoke",
                                    "CIM_PowerManagementService",
                                    "RequestPowerStateChange",
                                    "-inst",
                                    service,
                                    "PowerState=" + state,
                                    "ManagedElement=FILE:" + system)
                            .succeeded()
                            .out();
            assertThat(answer)
                    .contains("RequestPowerStateChange_OUTPUT", "<g:ReturnValue>0</g:ReturnValue>");
            awaitPower(wsl, state);
        }
    }

    private static void awaitPower(Wsl wsl, int state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(wsl.show("get", POWER))
                                        .contains("<g:PowerState>" + state + "</g:PowerState>"));
    }

    private static String reference(String type, String key, String value) {
        return """
        <wsa:EndpointReference>
        <wsa:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address>
        <wsa:ReferenceParameters>
        <wsman:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/%s</wsman:ResourceURI>
        <wsman:SelectorSet>
        <wsman:Selector Name="%s">%s</wsman:Selector>
        </wsman:SelectorSet>
        </wsa:ReferenceParameters>
        </wsa:EndpointReference>
        """
                .formatted(type, key, value);
    }

    private static String written(Wsl wsl, String name, String text) throws IOException {
        return Files.writeString(wsl.home().resolve(name), text).toString();
    }

    /**
     * wsl's put copies the selectors of an answer as text, with the device's prefix for a namespace
     * that is not declared where they come to stand. Such a request is refused and changes nothing.
     */
    @Test
    void aRequestWithAnUndeclaredPrefixIsRefusedAndChangesNothing() throws IOException {
        assertThat(throughProxy().show("put", GENERAL_SETTINGS, "DomainName=changed.test"))
                .contains("namespace error", "<a:Value>e:SchemaValidationError</a:Value>");

        assertThat(throughProxy().show("get", GENERAL_SETTINGS))
                .contains("<g:DomainName>example.test</g:DomainName>");
    }

    @Test
    void aClassThatTheDeviceDoesNotHaveIsAFault() throws IOException {
        assertThat(throughProxy().show("get", "CIM_NoSuchThing"))
                .contains("<a:Value>b:DestinationUnreachable</a:Value>", "InvalidResourceURI");
    }

    @ParameterizedTest(name = "SOCKS {0}")
    @ValueSource(booleans = {false, true})
    void aWrongPasswordIsUnauthorized(boolean socks) throws IOException {
        assertThat(through(socks).signingInWith("Wr0ng-Password!").show("identify", "check"))
                .contains("is not in SOAP format", "<h1>401 Unauthorized</h1>");
    }

    @Test
    void withoutDigestItShowsItsPasswordAndIsUnauthorized() throws IOException {
        assertThat(through(office.httpProxy()).show("identify", "check"))
                .contains("<h1>401 Unauthorized</h1>");
    }

    @Test
    void theProxyTellsThatAPortIsNoneOfADevices() throws IOException {
        assertThat(throughProxy().at(office.device().name() + ":16999").show("identify", "check"))
                .contains("is not in SOAP format", "Port 16999 may not be reached here");
    }

    @Test
    void theProxyTellsThatADeviceIsOffline() throws IOException {
        assertThat(throughProxy().at(office.gone().name() + ":16992").show("identify", "check"))
                .contains("is not in SOAP format", office.gone().name(), "not connected");
        assertThat(throughProxy().at("nobody.example.test:16992").show("identify", "check"))
                .contains("No device that you may see is called nobody.example.test");
    }

    @Test
    void socksTellsItByItsCodes() throws IOException {
        Wsl wsl = throughSocks();

        Command.Result port = wsl.at(office.device().name() + ":16999").run("identify", "check");
        assertThat(port.exit()).isEqualTo(97);
        assertThat(wsl.log()).endsWith("connection to " + office.device().name() + ". (2)\n");

        Command.Result gone = wsl.at(office.gone().name() + ":16992").run("identify", "check");
        assertThat(gone.exit()).isEqualTo(97);
        assertThat(gone.out()).contains("is empty, verify credentials");
        assertThat(wsl.log()).endsWith("connection to " + office.gone().name() + ". (4)\n");
    }
}
