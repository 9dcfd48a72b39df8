package org.outpost.server.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.web.RunningServer;
import org.outpost.server.web.RunningServer.Answer;
import org.outpost.testkit.certificate.TestCa;

import java.net.InetAddress;
import java.nio.file.Path;

import javax.net.ssl.SSLContext;

/** People of a directory sign in to the API; UnboundID's directory in memory stands for it. */
class DirectorySignInTest {
    private InMemoryDirectoryServer directory;
    private RunningServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        TestCa ca = TestCa.in(folder);
        SSLContext tls = ca.contextOf(ca.server());
        InMemoryDirectoryServerConfig config =
                new InMemoryDirectoryServerConfig("dc=example,dc=com");
        config.setSchema(null);
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPSConfig(
                        "tls",
                        InetAddress.getLoopbackAddress(),
                        0,
                        tls.getServerSocketFactory(),
                        tls.getSocketFactory()));
        directory = new InMemoryDirectoryServer(config);
        directory.add("dn: dc=example,dc=com", "objectClass: domain", "dc: example");
        directory.add(
                "dn: uid=ida,dc=example,dc=com",
                "objectClass: inetOrgPerson",
                "uid: ida",
                "cn: Ida",
                "sn: I",
                "userPassword: from the directory");
        directory.startListening();
        server =
                new RunningServer(
                        folder,
                        """
                        access:
                          first-role: helpdesk
                          authenticators:
                            - type: ldap
                              urls: ["ldaps://127.0.0.1:%d"]
                              ca: %s
                              bind-dn: "uid={user},dc=example,dc=com"
                        """
                                .formatted(directory.getListenPort(), ca.caFile()));
    }

    @AfterEach
    void stop() {
        server.close();
        directory.shutDown(true);
    }

    private int signIn(String user, String password) throws Exception {
        return server.call(
                        "POST",
                        "/api/v1/authorize",
                        "",
                        "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(user, password))
                .status();
    }

    @Test
    void peopleOfTheDirectorySignInAndHaveTheFirstRole() throws Exception {
        String token = server.signIn("ida", "from the directory");
        Answer me = server.call("GET", "/api/v1/me", token, "");
        assertThat(me.body().get("means").asString()).isEqualTo("directory");
        assertThat(me.body().get("grants").get(0).get("role").asString()).isEqualTo("helpdesk");
        assertThat(signIn("ida", "wrong")).isEqualTo(401);
        assertThat(signIn("nobody", "from the directory")).isEqualTo(401);
    }

    @Test
    void aDirectoryThatIsAwayIsNoWrongPassword() throws Exception {
        directory.shutDown(true);
        assertThat(signIn("ida", "from the directory")).isEqualTo(503);
    }
}
