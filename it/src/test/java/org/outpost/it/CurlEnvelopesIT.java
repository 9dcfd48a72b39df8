package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.outpost.it.support.Envelope;
import org.outpost.it.support.Fleet;
import org.outpost.it.support.Office;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** curl posts envelopes, as the protocol's documents have them, through both doors to a device. */
@NeedsTool("curl")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CurlEnvelopesIT {
    private static final String AMT = "http://intel.com/wbem/wscim/1/amt-schema/1/";
    private static final String CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";
    private static final String GENERAL_SETTINGS = AMT + "AMT_GeneralSettings";
    private static final String SOFTWARE = CIM + "CIM_SoftwareIdentity";

    private Office office;

    @BeforeAll
    void start(@TempDir Path folder) {
        office = new Office(folder, "envelopes", "15.0");
    }

    @AfterAll
    void stop() {
        office.close();
    }

    /** A way from curl to the device. */
    private enum Way {
        PROXY_PLAIN(false, "http", 16992),
        PROXY_TLS(false, "https", 16993),
        SOCKS_PLAIN(true, "http", 16992),
        SOCKS_TLS(true, "https", 16993);

        private final boolean socks;
        private final String scheme;
        private final int port;

        Way(boolean socks, String scheme, int port) {
            this.socks = socks;
            this.scheme = scheme;
            this.port = port;
        }
    }

    private record Answer(int status, String body) {
        /** The text of the one element of this local name. */
        String value(String name) {
            Matcher found =
                    Pattern.compile("<(?:\\w+:)?" + name + "(?: [^>]*)?>([^<]*)</").matcher(body);
            assertThat(found.find()).as("%s in %s", name, body).isTrue();
            return found.group(1);
        }
    }

    private Command.Result curl(
            Way way, String host, int port, String password, String envelope, String... options) {
        List<String> words =
                new ArrayList<>(List.of("curl", "--silent", "--insecure", "--max-time", "20"));
        words.addAll(Arrays.asList(options));
        words.addAll(
                List.of(
                        "--write-out",
                        "\n%{http_code}",
                        "--proxy",
                        way.socks ? office.socks() : office.httpProxy(),
                        "--digest",
                        "--user",
                        Fleet.AMT_USER + ":" + password,
                        "--header",
                        "Content-Type: application/soap+xml; charset=utf-8",
                        "--data-binary",
                        "@-",
                        way.scheme + "://" + host + ":" + port + "/wsman"));
        return Command.of(words.toArray(String[]::new)).fedWith(envelope).run();
    }

    private Answer post(Way way, Envelope envelope, String... options) {
        return answer(
                curl(
                        way,
                        office.device().name(),
                        way.port,
                        Fleet.AMT_PASSWORD,
                        envelope.xml(),
                        options));
    }

    private Answer post(Envelope envelope) {
        return post(Way.PROXY_PLAIN, envelope);
    }

    private static Answer answer(Command.Result result) {
        String out = result.succeeded().out();
        int end = out.lastIndexOf('\n');
        return new Answer(Integer.parseInt(out.substring(end + 1)), out.substring(0, end));
    }

    private Answer succeeds(Way way, Envelope envelope) {
        Answer answer = post(way, envelope);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void identify(Way way) {
        assertThat(succeeds(way, Envelope.IDENTIFY).value("ProductVersion")).isEqualTo("AMT 15.0");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void getTellsWhatTheRequestWasAndTheInstance(Way way) {
        Answer answer = succeeds(way, Envelope.get(GENERAL_SETTINGS));

        assertThat(answer.value("RelatesTo")).isEqualTo("17");
        assertThat(answer.value("Action"))
                .isEqualTo("http://schemas.xmlsoap.org/ws/2004/09/transfer/GetResponse");
        assertThat(answer.value("ResourceURI")).isEqualTo(GENERAL_SETTINGS);
        assertThat(answer.value("InstanceID")).isEqualTo("Intel(r) AMT: General Settings");
        assertThat(answer.value("DigestRealm")).matches("Digest:[0-9A-F]{32}");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aGetAfterAPutShowsTheChange(Way way) {
        Answer before = succeeds(way, Envelope.get(GENERAL_SETTINGS));
        String domain = way.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".test";
        String instance =
                before.body()
                        .replaceFirst("(?s).*<(\\w+:)?Body>(.*)</(\\w+:)?Body>.*", "$2")
                        .replaceFirst("(DomainName>)[^<]*<", "$1" + domain + "<");

        Answer put =
                succeeds(
                        way,
                        Envelope.put(GENERAL_SETTINGS, instance)
                                // the instance keeps the prefix it came with
                                .declaring("g", GENERAL_SETTINGS));

        assertThat(put.value("Action")).endsWith("/transfer/PutResponse");
        assertThat(put.value("DomainName")).isEqualTo(domain);
        assertThat(succeeds(way, Envelope.get(GENERAL_SETTINGS)).value("DomainName"))
                .isEqualTo(domain);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anEnumerationIsPulledPieceByPiece(Way way) {
        String context = succeeds(way, Envelope.enumerate(SOFTWARE)).value("EnumerationContext");
        List<String> names = new ArrayList<>();
        for (boolean more = true; more; ) {
            Answer piece = succeeds(way, Envelope.pull(SOFTWARE, context, 4));
            Matcher name = Pattern.compile("<\\w+:InstanceID>([^<]*)<").matcher(piece.body());
            int before = names.size();
            while (name.find()) {
                names.add(name.group(1));
            }
            assertThat(names.size() - before).isBetween(1, 4);
            more = !piece.body().contains("EndOfSequence");
            if (more) {
                context = piece.value("EnumerationContext");
            }
        }

        assertThat(names).contains("AMT", "Flash", "Netstack", "Sku").doesNotHaveDuplicates();
    }

    @Test
    void aReleasedEnumerationCannotBePulled() {
        String context = post(Envelope.enumerate(SOFTWARE)).value("EnumerationContext");

        assertThat(post(Envelope.release(SOFTWARE, context)).status()).isEqualTo(200);

        assertFault(
                post(Envelope.pull(SOFTWARE, context, 10)),
                "InvalidEnumerationContext",
                "Receiver");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aMethodAnswersItsOutputAndChangesWhatIsRead(Way way) {
        String service = AMT + "AMT_UserInitiatedConnectionService";
        for (String state : new String[] {"32768", "32770", "32771"}) {
            Answer answer =
                    succeeds(
                            way,
                            Envelope.invoke(
                                    service,
                                    "RequestStateChange",
                                    "<r:RequestedState>" + state + "</r:RequestedState>"));

            assertThat(answer.body()).contains("RequestStateChange_OUTPUT");
            assertThat(answer.value("ReturnValue")).isEqualTo("0");
            assertThat(answer.value("Action")).isEqualTo(service + "/RequestStateChangeResponse");
            assertThat(succeeds(way, Envelope.get(service)).value("EnabledState")).isEqualTo(state);
        }
    }

    @Test
    void aSubscriptionIsListedUntilItIsEnded() {
        String subscriptions = CIM + "CIM_FilterCollectionSubscription";
        Answer made = post(Envelope.subscribe("Intel(r) AMT:All", "http://192.0.2.5:5000/alerts"));
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(made.body()).contains("SubscribeResponse", "SubscriptionManager");
        String handler =
                made.body()
                        .replaceFirst(
                                "(?s).*CIM_ListenerDestinationWSManagement.*?Name=\"Name\">([^<]*)<.*",
                                "$1");
        assertThat(all(CIM + "CIM_ListenerDestination")).contains("http://192.0.2.5:5000/alerts");

        Answer ended = post(Envelope.unsubscribe(subscriptions, "Intel(r) AMT:All", handler));

        assertThat(ended.status()).as(ended.body()).isEqualTo(200);
        assertThat(all(CIM + "CIM_ListenerDestination")).doesNotContain("192.0.2.5");
    }

    private String all(String resource) {
        String context = post(Envelope.enumerate(resource)).value("EnumerationContext");
        return post(Envelope.pull(resource, context, 999)).body();
    }

    private static void assertFault(Answer answer, String subcode, String whose) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body())
                .containsPattern("<(\\w+):Code><\\1:Value>\\1:" + whose + "</")
                .containsPattern("Value>\\w+:" + subcode + "</");
    }

    @Test
    void aClassThatIsNotThere() {
        assertFault(
                post(Envelope.get(CIM + "CIM_NoSuchThing")), "DestinationUnreachable", "Sender");
    }

    @Test
    void anInstanceThatIsNotThere() {
        assertFault(
                post(Envelope.get(SOFTWARE).selecting("InstanceID", "Nothing")),
                "InvalidSelectors",
                "Sender");
        // several instances and no selector
        assertFault(post(Envelope.get(SOFTWARE)), "InvalidSelectors", "Sender");
    }

    @Test
    void aMethodThatIsNotThere() {
        assertFault(
                post(Envelope.invoke(GENERAL_SETTINGS, "Explode", "")),
                "ActionNotSupported",
                "Sender");
    }

    @Test
    void aContextThatIsNotThere() {
        assertFault(
                post(Envelope.pull(SOFTWARE, "99000000-0000-0000-0000-000000000000", 10)),
                "InvalidEnumerationContext",
                "Receiver");
    }

    @Test
    void aHeaderThatIsMissing() {
        assertFault(
                post(Envelope.get(GENERAL_SETTINGS).withoutMessageId()),
                "MessageInformationHeaderRequired",
                "Sender");
    }

    @Test
    void anAnswerThatMayNotBeLongEnough() {
        assertFault(
                post(
                        Envelope.get(GENERAL_SETTINGS)
                                .header("<w:MaxEnvelopeSize>4096</w:MaxEnvelopeSize>")),
                "EncodingLimit",
                "Sender");
    }

    @Test
    void anOptionThatMustBeUnderstood() {
        Answer answer =
                post(
                        Envelope.get(GENERAL_SETTINGS)
                                .header(
                                        "<w:OptionSet s:mustUnderstand=\"true\"><w:Option"
                                                + " Name=\"x\">1</w:Option></w:OptionSet>"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("MustUnderstand");
    }

    @Test
    void whatIsNoEnvelopeAtAll() {
        Answer answer =
                answer(
                        curl(
                                Way.PROXY_PLAIN,
                                office.device().name(),
                                16992,
                                Fleet.AMT_PASSWORD,
                                "<!DOCTYPE x [<!ENTITY e SYSTEM"
                                        + " \"file:///etc/passwd\">]><x>&e;</x>"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("Fault").doesNotContain("root:");
    }

    @Test
    void aChunkedRequestIsTakenLikeAnyOther() {
        assertThat(
                        post(
                                        Way.SOCKS_PLAIN,
                                        Envelope.get(GENERAL_SETTINGS),
                                        "--header",
                                        "Transfer-Encoding: chunked")
                                .value("InstanceID"))
                .isEqualTo("Intel(r) AMT: General Settings");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aWrongPassword(Way way) {
        Answer answer =
                answer(
                        curl(
                                way,
                                office.device().name(),
                                way.port,
                                "Wr0ng-Password!",
                                Envelope.IDENTIFY.xml()));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("401 Unauthorized");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aWrongPort(Way way) {
        assertUnreachable(way, office.device().name(), 16999, 403, 2);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aDeviceThatIsOffline(Way way) {
        assertUnreachable(way, office.gone().name(), way.port, 503, 4);
    }

    /** The proxy answers a status, to CONNECT too; SOCKS a code, which curl tells. */
    private void assertUnreachable(Way way, String host, int port, int status, int code) {
        Command.Result result =
                curl(way, host, port, Fleet.AMT_PASSWORD, Envelope.IDENTIFY.xml(), "--show-error");
        switch (way) {
            case PROXY_PLAIN -> assertThat(answer(result).status()).isEqualTo(status);
            case PROXY_TLS -> {
                assertThat(result.exit()).isEqualTo(56);
                assertThat(result.err()).contains("response " + status);
            }
            case SOCKS_PLAIN, SOCKS_TLS -> {
                assertThat(result.exit()).isEqualTo(97);
                assertThat(result.err()).contains("connection to " + host + ". (" + code + ")");
            }
        }
    }
}
