package org.outpost.amt.wsman.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Digest access authentication against the document's example (wsman.md section 1.1). */
final class DigestTest {
    private static final String CHALLENGE =
            "Digest realm=\"Digest:F3EB554784E729164447A89F60B641C5\","
                    + " nonce=\"XHwLuAAAAACcoAAAWJvYPzvE1Lh0cCYB\",stale=\"false\",qop=\"auth\"";
    private static final byte[] BODY = {};

    private static DigestChallenge challenge(String header) {
        return DigestChallenge.parse(header).orElseThrow();
    }

    @Test
    void theDocumentsVector() {
        DigestChallenge challenge = challenge(CHALLENGE);
        Credentials admin = new Credentials("admin", "P@ssw0rd");

        assertThat(DigestAnswer.ha1("admin", challenge.realm(), "P@ssw0rd"))
                .isEqualTo("0ae083011bae3d84fc486ce4ab44ae1d");
        assertThat(DigestAnswer.md5("POST:/wsman")).isEqualTo("d83ba950d85d6f9b22682df889d8b847");
        assertThat(
                        DigestAnswer.response(
                                challenge,
                                admin,
                                "POST",
                                "/wsman",
                                BODY,
                                "auth",
                                "00000001",
                                "0a4f113b"))
                .isEqualTo("957f8c07030045044a05552ab25769fd");
    }

    @Test
    void theCountGrowsWhileTheNonceStays() {
        DigestState state = new DigestState(new Credentials("admin", "x"), () -> "0a4f113b");
        assertThat(state.authorization("POST", "/wsman", BODY)).isEmpty();
        state.accept(challenge(CHALLENGE));

        assertThat(state.authorization("POST", "/wsman", BODY).orElseThrow())
                .contains("nc=00000001, cnonce=\"0a4f113b\"");
        assertThat(state.authorization("POST", "/wsman", BODY).orElseThrow())
                .contains("nc=00000002");
        state.accept(challenge(CHALLENGE));
        assertThat(state.authorization("POST", "/wsman", BODY).orElseThrow())
                .contains("nc=00000001");
    }

    @Test
    void challengesOfOtherServersAreRead() {
        DigestChallenge read =
                challenge(
                        "digest  algorithm=MD5 , qop=\"auth-int,auth\",realm=\"a, \\\"b\\\"\","
                                + "nonce=abc,opaque=\"o\",stale=TRUE,unknown=1");

        assertThat(read.realm()).isEqualTo("a, \"b\"");
        assertThat(read.nonce()).isEqualTo("abc");
        assertThat(read.qop()).isEqualTo(List.of("auth-int", "auth"));
        assertThat(read.stale()).isTrue();
        assertThat(read.opaque()).contains("o");
    }

    @Test
    void whatIsNoChallengeIsNone() {
        assertThat(DigestChallenge.parse("Negotiate")).isEmpty();
        assertThat(DigestChallenge.parse("Basic realm=\"x\"")).isEmpty();
        assertThat(DigestChallenge.parse("Digest realm=\"x\"")).isEmpty();
        assertThat(DigestChallenge.parse("Digest realm=\"x\",nonce=\"y")).isEmpty();
        assertThat(DigestChallenge.parse("Digest " + "a=b,".repeat(2000))).isEmpty();
    }

    @Test
    void anotherHashIsNotAnswered() {
        assertThat(DigestState.answerable(challenge(CHALLENGE + ",algorithm=\"SHA-256\"")))
                .isFalse();
        assertThat(DigestState.answerable(challenge(CHALLENGE))).isTrue();
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(new Credentials("admin", "P@ssw0rd")).asString().doesNotContain("P@ss");
    }
}
