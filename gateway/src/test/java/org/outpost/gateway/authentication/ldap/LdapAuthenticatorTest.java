package org.outpost.gateway.authentication.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.testkit.certificate.TestCa;
import org.outpost.testkit.certificate.TestIdentity;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;

/** Against UnboundID's directory in memory. */
final class LdapAuthenticatorTest {
    private static final String PEOPLE = "ou=people,dc=example,dc=com";
    private static final String GROUP = "cn=mps,dc=example,dc=com";
    private static final Verdict WRONG = new Verdict.Refused("unknown user or wrong password");
    private static final LdapSettings.Users NAMED =
            new LdapSettings.Users.Named(LdapTemplate.dn("uid={user}," + PEOPLE));
    private static final LdapSettings.Users SEARCHED =
            new LdapSettings.Users.Searched(
                    "dc=example,dc=com", LdapTemplate.filter("(|(uid={user})(mail={user}))"));

    @TempDir Path folder;

    private final AtomicInteger binds = new AtomicInteger();
    private final List<AutoCloseable> open = new ArrayList<>();
    private volatile @Nullable LDAPException mood;
    private InMemoryDirectoryServer directory;
    private TestCa ca;

    @BeforeEach
    void startDirectory() throws Exception {
        ca = TestCa.in(folder);
        TestIdentity server = ca.server();
        SSLContext tls = ca.contextOf(server);
        InMemoryDirectoryServerConfig config =
                new InMemoryDirectoryServerConfig("dc=example,dc=com");
        config.setSchema(null);
        config.addAdditionalBindCredentials("cn=outpost", "service-s3cret");
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig(
                        "plain", InetAddress.getLoopbackAddress(), 0, tls.getSocketFactory()),
                InMemoryListenerConfig.createLDAPSConfig(
                        "tls",
                        InetAddress.getLoopbackAddress(),
                        0,
                        tls.getServerSocketFactory(),
                        tls.getSocketFactory()),
                InMemoryListenerConfig.createLDAPSConfig(
                        "misnamed",
                        InetAddress.getLoopbackAddress(),
                        0,
                        ca.contextOf(ca.server("other", "other.example.test", List.of()))
                                .getServerSocketFactory(),
                        null));
        config.addInMemoryOperationInterceptor(
                new InMemoryOperationInterceptor() {
                    @Override
                    public void processSimpleBindRequest(
                            InMemoryInterceptedSimpleBindRequest request) throws LDAPException {
                        binds.incrementAndGet();
                        LDAPException now = mood;
                        if (now != null && request.getRequest().getBindDN().contains("uid=")) {
                            throw now;
                        }
                    }
                });
        directory = new InMemoryDirectoryServer(config);
        directory.startListening();
        open.add(() -> directory.shutDown(true));
        directory.add("dn: dc=example,dc=com", "objectClass: domain", "dc: example");
        directory.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
        person("alice", "alice@example.com", "s3cret");
        person("bob", "shared@example.com", "b0b");
        person("carol", "shared@example.com", "c4rol");
        directory.add(
                "dn: " + GROUP,
                "objectClass: groupOfNames",
                "cn: mps",
                "member: uid=alice," + PEOPLE);
    }

    private void person(String user, String mail, String password) throws Exception {
        directory.add(
                "dn: uid=" + user + "," + PEOPLE,
                "objectClass: inetOrgPerson",
                "uid: " + user,
                "mail: " + mail,
                "userPassword: " + password);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private LdapAuthenticator asking(
            List<LdapServer> servers,
            LdapSettings.Users users,
            boolean startTls,
            SSLContext tls,
            @Nullable String group,
            Duration remember)
            throws IOException {
        Path password = Files.writeString(folder.resolve("service"), "service-s3cret\n");
        LdapAuthenticator made =
                new LdapAuthenticator(
                        new LdapSettings(
                                servers,
                                startTls,
                                tls,
                                users,
                                new LdapSettings.ServiceAccount("cn=outpost", password),
                                group,
                                4,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                remember));
        open.add(made);
        return made;
    }

    private LdapServer plain() {
        return new LdapServer("127.0.0.1", directory.getListenPort("plain"), false);
    }

    private LdapServer ldaps() {
        return new LdapServer("127.0.0.1", directory.getListenPort("tls"), true);
    }

    private LdapAuthenticator asking(LdapSettings.Users users) throws Exception {
        return asking(List.of(plain()), users, false, SSLContext.getDefault(), null, Duration.ZERO);
    }

    private static Verdict ask(LdapAuthenticator ldap, String user, @Nullable String password)
            throws Exception {
        return ldap.authenticate(
                new Credentials(user, password, null, null, InetAddress.getLoopbackAddress()));
    }

    @Test
    void theDirectoryDecidesForAUserThatIsNamedInItsDn() throws Exception {
        LdapAuthenticator ldap = asking(NAMED);

        assertThat(ask(ldap, "alice", "s3cret")).isEqualTo(new Verdict.Accepted("alice"));
        assertThat(ask(ldap, "alice", "wrong")).isEqualTo(WRONG);
        assertThat(ask(ldap, "nobody", "s3cret")).isInstanceOf(Verdict.Refused.class);
        assertThat(ask(ldap, "alice", "s3cret")).isEqualTo(new Verdict.Accepted("alice"));
    }

    @Test
    void orForTheOneEntryThatASearchFinds() throws Exception {
        LdapAuthenticator ldap = asking(SEARCHED);

        assertThat(ask(ldap, "alice", "s3cret")).isEqualTo(new Verdict.Accepted("alice"));
        assertThat(ask(ldap, "alice@example.com", "s3cret"))
                .isEqualTo(new Verdict.Accepted("alice@example.com"));
        assertThat(ask(ldap, "alice", "wrong")).isEqualTo(WRONG);
        assertThat(ask(ldap, "nobody", "s3cret")).isEqualTo(WRONG);
        assertThat(ask(ldap, "shared@example.com", "b0b"))
                .isEqualTo(new Verdict.Refused("several entries of the directory match"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a*", "alice)(uid=*", "alice,ou=people", "\\61lice", "x)(|(uid=*"})
    void aUserNameIsNeverMoreThanAName(String user) throws Exception {
        assertThat(ask(asking(SEARCHED), user, "s3cret")).isInstanceOf(Verdict.Refused.class);
        assertThat(ask(asking(NAMED), user, "s3cret")).isInstanceOf(Verdict.Refused.class);
    }

    /** A bind without a password succeeds in many directories. */
    @Test
    void withoutAPasswordNothingIsAskedAtAll() throws Exception {
        LdapAuthenticator ldap = asking(NAMED);

        assertThat(ask(ldap, "alice", "")).isEqualTo(new Verdict.Refused("no password was given"));
        assertThat(ask(ldap, "alice", null))
                .isEqualTo(new Verdict.Refused("no password was given"));
        assertThat(ask(ldap, "", "s3cret")).isInstanceOf(Verdict.Refused.class);
        assertThat(ask(ldap, "ali\0ce", "s3cret")).isInstanceOf(Verdict.Refused.class);
        assertThat(ask(ldap, "a".repeat(300), "s3cret")).isInstanceOf(Verdict.Refused.class);
        assertThat(binds).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        "525,the directory knows no such user",
        "52e,wrong password",
        "532,the password has expired",
        "533,the account is disabled",
        "701,the account has expired",
        "773,the password must be changed first",
        "775,the account is locked",
        "9999,unknown user or wrong password"
    })
    void whatActiveDirectorySaysOfAnAccountIsTheReason(String code, String reason)
            throws Exception {
        mood =
                new LDAPException(
                        ResultCode.INVALID_CREDENTIALS,
                        "80090308: LdapErr: DSID-0C09, comment: AcceptSecurityContext error, data "
                                + code
                                + ", v4563");

        assertThat(ask(asking(NAMED), "alice", "s3cret")).isEqualTo(new Verdict.Refused(reason));
    }

    @Test
    void whateverIsNoWordAboutTheUserIsNoRefusal() throws Exception {
        for (ResultCode code :
                List.of(ResultCode.BUSY, ResultCode.UNAVAILABLE, ResultCode.OPERATIONS_ERROR)) {
            mood = new LDAPException(code, "s3cret is on my mind");
            assertThat(ask(asking(NAMED), "alice", "s3cret"))
                    .as(code.toString())
                    .isInstanceOfSatisfying(
                            Verdict.Unavailable.class,
                            answer -> assertThat(answer.reason()).doesNotContain("s3cret"));
        }
        mood = new LDAPException(ResultCode.CONFIDENTIALITY_REQUIRED, "");
        assertThat(ask(asking(NAMED), "alice", "s3cret").toString()).contains("it wants TLS");
    }

    @Test
    void aServiceAccountThatCannotSignInIsNoWordAboutTheUser() throws Exception {
        LdapAuthenticator ldap = asking(SEARCHED);
        Files.writeString(folder.resolve("service"), "changed\n");
        assertThat(ask(ldap, "alice", "s3cret")).isInstanceOf(Verdict.Unavailable.class);

        Files.writeString(folder.resolve("service"), "service-s3cret\n");
        assertThat(ask(ldap, "alice", "s3cret")).isEqualTo(new Verdict.Accepted("alice"));
    }

    @Test
    void aGroupMayBeRequired() throws Exception {
        LdapAuthenticator ldap =
                asking(
                        List.of(plain()),
                        NAMED,
                        false,
                        SSLContext.getDefault(),
                        GROUP,
                        Duration.ZERO);

        assertThat(ask(ldap, "alice", "s3cret")).isEqualTo(new Verdict.Accepted("alice"));
        assertThat(ask(ldap, "bob", "b0b"))
                .isEqualTo(new Verdict.Refused("not a member of the group"));
    }

    @Test
    void anAcceptedPasswordIsRememberedAWrongOneNever() throws Exception {
        LdapAuthenticator ldap =
                asking(
                        List.of(plain()),
                        NAMED,
                        false,
                        SSLContext.getDefault(),
                        null,
                        Duration.ofMinutes(10));
        for (int i = 0; i < 1000; i++) {
            assertThat(ask(ldap, "alice", "s3cret")).isEqualTo(new Verdict.Accepted("alice"));
        }
        assertThat(binds).hasValue(1);
        for (int i = 0; i < 3; i++) {
            assertThat(ask(ldap, "alice", "wrong")).isEqualTo(WRONG);
        }
        assertThat(binds).hasValue(4);
    }

    @Test
    void theNextServerIsAskedWhenTheFirstCannotBeReached() throws Exception {
        LdapServer away = new LdapServer("127.0.0.1", 1, false);
        LdapAuthenticator ldap =
                asking(
                        List.of(away, plain()),
                        NAMED,
                        false,
                        SSLContext.getDefault(),
                        null,
                        Duration.ZERO);

        assertThat(ask(ldap, "alice", "s3cret")).isEqualTo(new Verdict.Accepted("alice"));
    }

    @Test
    void aDirectoryThatComesBackIsFoundAgain() throws Exception {
        LdapAuthenticator ldap = asking(SEARCHED);
        assertThat(ask(ldap, "alice", "s3cret")).isInstanceOf(Verdict.Accepted.class);

        directory.closeAllConnections(false);
        assertThat(ask(ldap, "alice", "s3cret")).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void tlsTrustsTheGivenAuthorityAndChecksTheName() throws Exception {
        for (boolean startTls : new boolean[] {false, true}) {
            LdapAuthenticator good =
                    asking(
                            List.of(startTls ? plain() : ldaps()),
                            NAMED,
                            startTls,
                            ca.clientContext(),
                            null,
                            Duration.ZERO);
            assertThat(ask(good, "alice", "s3cret")).isEqualTo(new Verdict.Accepted("alice"));

            LdapAuthenticator stranger =
                    asking(
                            List.of(startTls ? plain() : ldaps()),
                            NAMED,
                            startTls,
                            SSLContext.getDefault(),
                            null,
                            Duration.ZERO);
            assertThat(ask(stranger, "alice", "s3cret")).isInstanceOf(Verdict.Unavailable.class);
        }
        LdapAuthenticator otherName =
                asking(
                        List.of(
                                new LdapServer(
                                        "127.0.0.1", directory.getListenPort("misnamed"), true)),
                        NAMED,
                        false,
                        ca.clientContext(),
                        null,
                        Duration.ZERO);
        assertThat(ask(otherName, "alice", "s3cret")).isInstanceOf(Verdict.Unavailable.class);
    }
}
