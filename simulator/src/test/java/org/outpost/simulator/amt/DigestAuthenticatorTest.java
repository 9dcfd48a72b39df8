package org.outpost.simulator.amt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.simulator.account.Accounts;
import org.outpost.simulator.amt.DigestAuthenticator.Outcome;
import org.outpost.simulator.support.SettableClock;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class DigestAuthenticatorTest {
    private static final String REALM = "Digest:F3EB554784E729164447A89F60B641C5";
    private static final String FOREIGN_NONCE = "XHwLuAAAAACcoAAAWJvYPzvE1Lh0cCYB";

    private final SettableClock clock = new SettableClock();
    private final Nonces nonces = new Nonces(clock, Duration.ofMinutes(10));
    private final DigestAuthenticator authenticator =
            new DigestAuthenticator(accounts(REALM), false, nonces);
    private final DigestClient client = new DigestClient("admin", "P@ssw0rd");

    @Test
    void theTestVectorIsRightButItsNonceIsForeign() {
        String vector =
                "Digest username=\"admin\",realm=\""
                        + REALM
                        + "\",nonce=\""
                        + FOREIGN_NONCE
                        + "\",uri=\"/wsman\",qop=auth,nc=00000001,cnonce=\"0a4f113b\","
                        + "response=\"957f8c07030045044a05552ab25769fd\"";

        assertThat(check(vector)).isEqualTo(Outcome.STALE);
        assertThat(check(vector.replace("957f8c", "957f8d"))).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void theTestsOwnClientComputesTheTestVector() {
        assertThat(
                        client.answer(
                                "Digest realm=\""
                                        + REALM
                                        + "\", nonce=\""
                                        + FOREIGN_NONCE
                                        + "\",stale=\"false\",qop=\"auth\"",
                                "POST",
                                "/wsman"))
                .contains("response=\"957f8c07030045044a05552ab25769fd\"");
    }

    @Test
    void theChallengeIsOneLineWithEveryValueQuoted() {
        assertThat(authenticator.challenge(false))
                .matches(
                        "Digest realm=\""
                                + REALM
                                + "\", nonce=\"[A-Za-z0-9+/]{32}\",stale=\"false\",qop=\"auth\"");
        assertThat(authenticator.challenge(true)).contains("stale=\"true\"");
    }

    @Test
    void rightCredentialsAreAcceptedAnyNumberOfTimesWithOneNonce() {
        String challenge = authenticator.challenge(false);

        for (int i = 0; i < 3; i++) {
            assertThat(check(client.answer(challenge, "POST", "/wsman")))
                    .isEqualTo(Outcome.ACCEPTED);
        }
    }

    @Test
    void quotedCountAndQopAndMissingSpacesAreAccepted() {
        String answer = client.answer(authenticator.challenge(false), "POST", "/wsman");

        assertThat(check(answer.replace("qop=auth", "qop=\"auth\"").replace(", ", ",")))
                .isEqualTo(Outcome.ACCEPTED);
        assertThat(check(answer.replaceFirst("nc=(\\d+)", "nc=\"$1\"")))
                .isEqualTo(Outcome.ACCEPTED);
        assertThat(check(answer + ",algorithm=MD5")).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void anEmptyOrShortenedResponseIsRefused() {
        String answer = client.answer(authenticator.challenge(false), "POST", "/wsman");
        Matcher response = Pattern.compile("response=\"(\\w+)\"").matcher(answer);
        assertThat(response.find()).isTrue();

        assertThat(check(answer.replace(response.group(1), ""))).isEqualTo(Outcome.REFUSED);
        assertThat(check(answer.replace(response.group(1), response.group(1).substring(0, 16))))
                .isEqualTo(Outcome.REFUSED);
        assertThat(check(answer.replace(", " + response.group(), ""))).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void wrongPasswordUserRealmPathOrAlgorithmIsRefused() {
        String challenge = authenticator.challenge(false);
        String answer = client.answer(challenge, "POST", "/wsman");

        assertThat(check(new DigestClient("admin", "wrong").answer(challenge, "POST", "/wsman")))
                .isEqualTo(Outcome.REFUSED);
        assertThat(check(new DigestClient("root", "P@ssw0rd").answer(challenge, "POST", "/wsman")))
                .isEqualTo(Outcome.REFUSED);
        assertThat(check(answer.replace(REALM, "Digest:00"))).isEqualTo(Outcome.REFUSED);
        assertThat(check(client.answer(challenge, "POST", "/other"))).isEqualTo(Outcome.REFUSED);
        assertThat(check(client.answer(challenge, "GET", "/wsman"))).isEqualTo(Outcome.REFUSED);
        assertThat(check(answer + ",algorithm=SHA-256")).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void anOldNonceWithRightCredentialsIsStale() {
        String answer = client.answer(authenticator.challenge(false), "POST", "/wsman");

        clock.advance(Duration.ofMinutes(11));

        assertThat(check(answer)).isEqualTo(Outcome.STALE);
    }

    @Test
    void aNonceOfAnotherDeviceIsStaleHere() {
        String other =
                new DigestAuthenticator(accounts("Digest:OTHER"), false, nonces)
                        .challenge(false)
                        .replace("Digest:OTHER", REALM);

        assertThat(check(client.answer(other, "POST", "/wsman"))).isEqualTo(Outcome.STALE);
    }

    @Test
    void authIntCoversTheBodyWhereItIsOffered() {
        DigestAuthenticator offering = new DigestAuthenticator(accounts(REALM), true, nonces);
        String challenge = offering.challenge(false);
        String answer = client.answerAuthInt(challenge, "POST", "/wsman", "the body");

        assertThat(challenge).contains("qop=\"auth,auth-int\"");
        assertThat(offering.check(answer, "POST", "/wsman", body("the body")).outcome())
                .isEqualTo(Outcome.ACCEPTED);
        assertThat(offering.check(answer, "POST", "/wsman", body("another")).outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(authenticator.check(answer, "POST", "/wsman", body("the body")).outcome())
                .isEqualTo(Outcome.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Digest",
                "Digest ",
                "Digest =",
                "Digest username",
                "Digest username=",
                "Digest username=\"admin",
                "Digest username=\"admin\" realm=\"x\"",
                "Digest username=admin,username=admin",
                "Basic YWRtaW46UEBzc3cwcmQ=",
                "Digestusername=admin"
            })
    void malformedHeadersAreRefused(String header) {
        assertThat(check(header)).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void headersWithoutEndAreRefused() {
        assertThat(check("Digest username=\"" + "a".repeat(5000) + '"')).isEqualTo(Outcome.REFUSED);
        assertThat(check("Digest" + " a".repeat(100))).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void credentialsKeepTheirPasswordToThemselves() {
        assertThat(new AmtCredentials("admin", "P@ssw0rd").toString())
                .contains("admin")
                .doesNotContain("P@ssw0rd");
    }

    private Outcome check(String header) {
        return authenticator.check(header, "POST", "/wsman", Unpooled.EMPTY_BUFFER).outcome();
    }

    private static ByteBuf body(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private static Accounts accounts(String realm) {
        return new Accounts(realm, "admin", "P@ssw0rd");
    }
}
