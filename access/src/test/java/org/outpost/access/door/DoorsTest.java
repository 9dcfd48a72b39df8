package org.outpost.access.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.access.AccessControl;
import org.outpost.access.TestAccess;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Grant;
import org.outpost.access.right.Role;
import org.outpost.access.right.Scope;
import org.outpost.access.token.Token;
import org.outpost.access.token.TokenKey;
import org.outpost.access.token.Tokens;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.database.Database;
import org.outpost.gateway.authentication.PasswordHasher;
import org.outpost.gateway.route.Console;
import org.outpost.testkit.database.DatabaseKind;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

class DoorsTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");
    private static final String PASSWORD = "correct horse battery";
    private static final UUID ACME = new UUID(0, 1);
    private static final UUID NOBODYS = new UUID(0, 2);

    private final Database database;
    private final AccessControl access;
    private final Tokens tokens;
    private final PasswordHasher hasher = new PasswordHasher();

    DoorsTest(@TempDir Path folder) {
        database = TestAccess.open(DatabaseKind.SQLITE.fresh(folder));
        access = new AccessControl(database);
        tokens =
                new Tokens(
                        database,
                        new TokenKey(new byte[32]),
                        () -> Instant.parse("2026-11-21T12:00:00Z"));
        access.addTenant("acme", "");
        access.addRole(new Role("web-only", "acme", "", List.of("tunnel:16993")));
        access.users()
                .add("iris", "acme", PASSWORD, false, List.of(new Grant("web-only", "acme", "*")));
        access.users().add("otto", "", null, false, List.of());
    }

    @AfterEach
    void close() {
        hasher.close();
        database.close();
    }

    private GrantedConsoles rights(Grant... others) {
        return new GrantedConsoles(
                access,
                id -> new DeviceTraits(id, id.equals(ACME) ? "acme" : "", Set.of()),
                List.of(others));
    }

    private static Console console(String user) {
        return new Console(user, new InetSocketAddress(HERE, 40_000));
    }

    private Verdict ask(String user, String password) throws Exception {
        return new UserAuthenticator(access, tokens, hasher)
                .authenticate(new Credentials(user, password, null, null, HERE));
    }

    @Test
    void aUserReachesThePortsThatWereGranted() {
        GrantedConsoles rights = rights(Grant.everywhere("console"));
        assertThat(rights.mayReach(console("user:iris"), ACME, 16993)).isTrue();
        assertThat(rights.mayReach(console("user:IRIS"), ACME, 16993)).isTrue();
        assertThat(rights.mayReach(console("user:iris"), ACME, 16994)).isFalse();
        assertThat(rights.mayReach(console("user:iris"), NOBODYS, 16993)).isFalse();
        assertThat(rights.sees(console("user:iris"), ACME)).isTrue();
        assertThat(rights.sees(console("user:iris"), NOBODYS)).isFalse();
        assertThat(rights.sees(console("user:otto"), NOBODYS)).isFalse();
    }

    @Test
    void whatOthersMayDoesNotCountForADisabledUser() {
        access.users().setEnabled("iris", false);
        GrantedConsoles rights = rights(Grant.everywhere("console"));
        assertThat(rights.mayReach(console("user:iris"), ACME, 16993)).isFalse();
        assertThat(rights.sees(console("user:iris"), ACME)).isFalse();
    }

    @Test
    void whoIsRemovedMayNothingAndNobodyElseIsTakenForAUser() {
        access.users().remove("iris");
        GrantedConsoles rights = rights(Grant.everywhere("console"));
        assertThat(rights.mayReach(console("user:iris"), ACME, 16993)).isFalse();
        assertThat(rights().mayReach(console("otto"), ACME, 16993)).isFalse();
    }

    @Test
    void consolesWithoutAUserMayWhatIsWrittenForAllOfThem() {
        assertThat(rights(Grant.everywhere("console")).mayReach(console(""), ACME, 5900)).isTrue();
        assertThat(rights().mayReach(console("file-user"), ACME, 16993)).isFalse();
        assertThat(rights().sees(console("file-user"), ACME)).isFalse();
    }

    @Test
    void whoMustBeRecordedIsLetThroughNoDoor() {
        access.addRole(new Role("watched", "acme", "", List.of("redirect"), true));
        access.users()
                .setGrants(
                        "iris",
                        List.of(
                                new Grant("web-only", "acme", "*"),
                                new Grant("watched", "acme", "*")));

        assertThat(rights().mayReach(console("user:iris"), ACME, 16993)).isFalse();
        assertThat(rights().sees(console("user:iris"), ACME)).isTrue();

        access.changeRole(new Role("watched", "acme", "", List.of("redirect"), false));
        assertThat(rights().mayReach(console("user:iris"), ACME, 16993)).isTrue();
    }

    @Test
    void aRoleOfAllOtherConsolesThatIsRecordedLetsNoneThrough() {
        access.addRole(new Role("all", "", "", List.of("tunnel:*"), true));

        assertThat(rights(Grant.everywhere("all")).mayReach(console(""), ACME, 16994)).isFalse();
        assertThat(rights(Grant.everywhere("all")).sees(console(""), ACME)).isTrue();
    }

    @Test
    void passwordsAndApiTokensOpenTheDoor() throws Exception {
        String token = tokens.make("iris", Token.Kind.API, "tool", Scope.ALL, "token", null).text();
        assertThat(ask("Iris", PASSWORD)).isEqualTo(new Verdict.Accepted("user:iris"));
        assertThat(ask("iris", token)).isEqualTo(new Verdict.Accepted("user:iris"));
        assertThat(ask("otto", token)).isInstanceOf(Verdict.Refused.class);
        assertThat(ask("iris", "wrong")).isInstanceOf(Verdict.Refused.class);
        assertThat(ask("nobody", PASSWORD)).isInstanceOf(Verdict.Refused.class);
        assertThat(ask("otto", "")).isInstanceOf(Verdict.Refused.class);
        access.users().setEnabled("iris", false);
        assertThat(ask("iris", PASSWORD)).isInstanceOf(Verdict.Refused.class);
        assertThat(ask("iris", token)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void nobodyElseVouchesForAUserOfTheApi() throws Exception {
        for (String principal : new String[] {"user:iris", "iris"}) {
            Verdict verdict =
                    new OthersAuthenticator(credentials -> new Verdict.Accepted(principal))
                            .authenticate(new Credentials("x", "y", null, null, HERE));
            assertThat(verdict)
                    .isInstanceOf(
                            principal.equals("iris")
                                    ? Verdict.Accepted.class
                                    : Verdict.Refused.class);
        }
    }

    @Test
    void aTokenWithLimitsThatADoorCannotKeepIsRefused() throws Exception {
        String narrow =
                tokens.make(
                                "iris",
                                Token.Kind.API,
                                "",
                                new Scope(List.of("view"), Set.of()),
                                "token",
                                null)
                        .text();
        String session =
                tokens.make("iris", Token.Kind.SESSION, "", Scope.ALL, "password", null).text();
        assertThat(ask("iris", narrow)).isInstanceOf(Verdict.Refused.class);
        assertThat(ask("iris", session)).isInstanceOf(Verdict.Refused.class);
    }
}
