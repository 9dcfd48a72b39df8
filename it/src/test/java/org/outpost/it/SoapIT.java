package org.outpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.it.support.Server;
import org.outpost.it.support.ServerSetup;
import org.outpost.testkit.apf.ApfDevicePeer;
import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.NeedsTool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A console of Intel's MPS asks who is connected: SOAP over HTTPS, by curl. */
@NeedsTool("curl")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SoapIT {
    private static final String V1_1 = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String V1_2 = "http://www.w3.org/2003/05/soap-envelope";
    private static final Pattern NUMBER =
            Pattern.compile("EnumerationContext>([0-9]+)</[a-z]*:EnumerationContext>");
    private static final Pattern NAME = Pattern.compile("MachineName>([^<]+)</");

    private Server server;
    private final List<ApfDevicePeer> devices = new ArrayList<>();

    @BeforeAll
    void start(@TempDir Path folder) {
        server =
                ServerSetup.in(folder)
                        .consoles("desk:Desk-Passw0rd", "other:Other-Passw0rd")
                        .start();
        for (int i = 1; i <= 3; i++) {
            devices.add(server.callIn(Server.device(i, "pc-%d.example.test".formatted(i))).serve());
        }
    }

    @AfterAll
    void stop() {
        devices.forEach(ApfDevicePeer::close);
        server.stopCleanly("Desk-Passw0rd", "Other-Passw0rd");
        server.close();
    }

    /** The answer with its status in a last line of its own. */
    private String call(String user, String soap, String namespace, String body) {
        return Command.of(
                        "curl",
                        "--silent",
                        "--cacert",
                        server.caFile().toString(),
                        "--user",
                        user,
                        "--header",
                        "Content-Type: text/xml; charset=utf-8",
                        "--write-out",
                        "\n%{http_code}",
                        "--data-binary",
                        "<e:Envelope xmlns:e='%s'><e:Body>%s</e:Body></e:Envelope>"
                                .formatted(soap, body.replace("NS", namespace)),
                        "https://127.0.0.1:%d/soap/mps".formatted(server.config().webPort()))
                .run()
                .succeeded()
                .out();
    }

    private String desk(String body) {
        return call("desk:Desk-Passw0rd", V1_1, "urn:outpost:mps:enumeration:1", body);
    }

    private static String number(String answer) {
        Matcher number = NUMBER.matcher(answer);
        assertThat(number.find()).as(answer).isTrue();
        return number.group(1);
    }

    @Test
    void aConsoleEnumeratesWhoIsConnected() {
        String number = number(desk("<m:EnumerateConnectedMachines xmlns:m='NS'/>"));
        List<String> names = new ArrayList<>();
        String answer;
        do {
            answer =
                    desk(
                            "<m:Pull xmlns:m='NS'><m:EnumerationContext>%s</m:EnumerationContext><m:MaxElements>2</m:MaxElements></m:Pull>"
                                    .formatted(number));
            NAME.matcher(answer).results().forEach(name -> names.add(name.group(1)));
        } while (!answer.contains("EndOfSequence>true<"));

        assertThat(names)
                .containsExactlyInAnyOrder(
                        "pc-1.example.test", "pc-2.example.test", "pc-3.example.test");
        assertThat(
                        desk(
                                "<m:Pull xmlns:m='NS'><m:EnumerationContext>%s</m:EnumerationContext></m:Pull>"
                                        .formatted(number)))
                .contains("RET_INVALID_ENUMERATION_CONTEXT", "Client")
                .endsWith("\n500");
    }

    @Test
    void itAsksForOneMachineInItsOwnNamespaceAndVersion() {
        String asked =
                "<q:IsMachineConnected"
                        + " xmlns:q='NS'><q:MachineName>%s</q:MachineName></q:IsMachineConnected>";

        assertThat(
                        call(
                                "desk:Desk-Passw0rd",
                                V1_2,
                                "urn:console",
                                asked.formatted("PC-2.example.TEST")))
                .contains("urn:console", V1_2, "IsMachineConnectedResponse", ">true<")
                .endsWith("\n200");
        assertThat(
                        call(
                                "desk:Desk-Passw0rd",
                                V1_2,
                                "urn:console",
                                asked.formatted("pc-9.example.test")))
                .contains(">false<")
                .endsWith("\n200");
    }

    @Test
    void anEnumerationIsNobodyElses() {
        String number = number(desk("<m:EnumerateConnectedMachines xmlns:m='NS'/>"));
        String release =
                "<m:Release xmlns:m='NS'><m:EnumerationContext>%s</m:EnumerationContext></m:Release>"
                        .formatted(number);

        assertThat(call("other:Other-Passw0rd", V1_2, "urn:x", release))
                .contains("RET_INVALID_ENUMERATION_CONTEXT")
                .endsWith("\n400");
        assertThat(desk(release)).contains("ReleaseResponse").endsWith("\n200");
    }

    @Test
    void whoIsNoConsoleIsNotAnswered() {
        assertThat(
                        call(
                                "desk:wrong",
                                V1_1,
                                "urn:x",
                                "<m:EnumerateConnectedMachines xmlns:m='NS'/>"))
                .endsWith("\n401");
    }

    @Test
    void theWsdlNamesTheEndpointAsTheCallerSeesIt() {
        String wsdl =
                Command.of(
                                "curl",
                                "--silent",
                                "--fail",
                                "--cacert",
                                server.caFile().toString(),
                                "--user",
                                "desk:Desk-Passw0rd",
                                "https://localhost:%d/soap/mps?wsdl"
                                        .formatted(server.config().webPort()))
                        .run()
                        .succeeded()
                        .out();

        assertThat(wsdl)
                .contains(
                        "location=\"https://localhost:%d/soap/mps\""
                                .formatted(server.config().webPort()));
    }
}
