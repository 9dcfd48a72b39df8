package org.outpost.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.outpost.simulator.amt.DigestClient;
import org.outpost.simulator.support.HttpConnection;
import org.outpost.simulator.support.HttpConnection.Response;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/** Devices reached on addresses of their own. */
class LanTest {
    private static final String FIRST = "127.77.3.1";

    @Test
    void eachDeviceAnswersOnItsOwnAddressWithThePortsOfItsGeneration() throws Exception {
        try (FleetRig rig = FleetRig.of(5).build()) {
            rig.fleet().listen(LanRange.parse(FIRST, 5));

            // the fifth is of generation 16.1, which has no plain port
            assertThat(page("127.77.3.1")).contains(rig.profiles().getFirst().uuid().toString());
            assertThat(page("127.77.3.4")).contains(rig.profiles().get(3).uuid().toString());
            assertThatThrownBy(() -> new Socket("127.77.3.5", 16992).close())
                    .isInstanceOf(SocketException.class);
            new Socket("127.77.3.5", 16993).close();
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(16992, 1, InetAddress.getByName("127.77.4.1"));
                FleetRig rig = FleetRig.of(1).build()) {
            assertThat(taken.isBound()).isTrue();

            assertThatThrownBy(() -> rig.fleet().listen(LanRange.parse("127.77.4.1", 1)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.77.4.1:16992");
        }
    }

    private static String page(String address) throws IOException {
        try (HttpConnection connection = new HttpConnection(new Socket(address, 16992))) {
            Response challenge = connection.request("GET", "/index.htm", "", "");
            return connection
                    .request(
                            "GET",
                            "/index.htm",
                            "Authorization: "
                                    + new DigestClient("admin", FleetRig.AMT_PASSWORD)
                                            .answer(
                                                    challenge.header("WWW-Authenticate"),
                                                    "GET",
                                                    "/index.htm")
                                    + "\r\n",
                            "")
                    .body();
        }
    }
}
