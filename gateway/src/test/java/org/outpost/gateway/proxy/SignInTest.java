package org.outpost.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.authentication.AuthenticationService;
import org.outpost.gateway.door.FakeSignIn;
import org.outpost.testkit.socks.HttpProxyClient;
import org.outpost.testkit.socks.HttpResponse;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Basic proxy authentication (RFC 9110 section 11.7, RFC 7617). */
final class SignInTest {
    private static final String RIGHT =
            "Proxy-Authorization: " + HttpProxyClient.basic("zoë", "päss:wörd");

    private final ProxyBench bench = new ProxyBench();
    private final HttpDevice pc1 = bench.device("pc1");

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void withoutCredentialsThereIsAChallengeAndTheConnectionGoesOn() {
        bench.reopen(FakeSignIn.only("zoë", "päss:wörd"));
        HttpProxyClient client = bench.client();

        HttpResponse challenge = client.get("http://pc1/");

        assertThat(challenge.status()).isEqualTo(407);
        assertThat(challenge.header("Proxy-Authenticate"))
                .hasValue("Basic realm=\"Outpost\", charset=\"UTF-8\"");
        assertThat(challenge.header("Proxy-Status")).hasValue("outpost; error=http_request_denied");
        assertThat(bench.directory().asked()).isEmpty();
        assertThat(client.get("http://pc1/", RIGHT).status()).isEqualTo(200);
        assertThat(bench.directory().askers().getFirst().user()).isEqualTo("zoë");
        assertThat(pc1.request().field("Proxy-Authorization")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic !!!!",
                "Basic",
                "Basic em/Dqw==",
                "Bearer abc",
                "Negotiate abc",
                "Digest username=\"zoë\"",
                "BasicYTpi"
            })
    void whatIsNotWellFormedBasicIsChallenged(String field) {
        bench.reopen(FakeSignIn.only("zoë", "päss:wörd"));

        HttpResponse answer = bench.client().get("http://pc1/", "Proxy-Authorization: " + field);

        assertThat(answer.status()).isEqualTo(407);
        assertThat(pc1.requests()).isEmpty();
    }

    @Test
    void aWrongPasswordIsChallengedOverConnectToo() {
        bench.reopen(FakeSignIn.only("zoë", "päss:wörd"));
        String wrong = "Proxy-Authorization: " + HttpProxyClient.basic("zoë", "other");
        HttpProxyClient client = bench.client();

        assertThat(client.get("http://pc1/", wrong).body()).contains("wrong");
        HttpResponse refused = client.connect("pc1:16992", wrong);
        assertThat(refused.status()).isEqualTo(407);
        assertThat(refused.header("Proxy-Authenticate")).isPresent();
        assertThat(pc1.connections()).isZero();
        assertThat(client.connect("pc1:16992", RIGHT).status()).isEqualTo(200);
        client.send("GET / HTTP/1.1\r\nHost: pc1\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(200);
    }

    @Test
    void whatFollowsARefusedRequestIsNotServedEither() {
        bench.reopen(FakeSignIn.only("zoë", "päss:wörd"));
        HttpProxyClient client = bench.client();

        client.send(
                "POST http://pc1/ HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
                        + "GET http://pc1/ HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(client.read().status()).isEqualTo(407);
        assertThat(client.read().status()).isEqualTo(407);
        assertThat(pc1.connections()).isZero();
    }

    @Test
    void acceptedCredentialsAreRememberedOnTheConnectionAndOnlyThere() {
        FakeSignIn signIn = FakeSignIn.only("zoë", "päss:wörd");
        bench.reopen(signIn);
        HttpProxyClient client = bench.client();

        for (int i = 0; i < 3; i++) {
            assertThat(client.get("http://pc1/", RIGHT).status()).isEqualTo(200);
        }
        assertThat(signIn.asked()).hasSize(1);
        assertThat(client.get("http://pc1/").status()).isEqualTo(407);
        assertThat(client.get("http://pc1/", RIGHT).status()).isEqualTo(200);
        assertThat(bench.client().get("http://pc1/").status()).isEqualTo(407);
        assertThat(pc1.requests()).hasSize(4);
    }

    @Test
    void changedCredentialsAreCheckedAnewAndGetADevicesConnectionOfTheirOwn() {
        FakeSignIn signIn = FakeSignIn.anybody();
        bench.reopen(signIn);
        HttpProxyClient client = bench.client();

        client.get("http://pc1/", "Proxy-Authorization: " + HttpProxyClient.basic("alice", "1"));
        client.get("http://pc1/", "Proxy-Authorization: " + HttpProxyClient.basic("bob", "2"));

        assertThat(signIn.asked()).extracting(Credentials::user).containsExactly("alice", "bob");
        assertThat(bench.directory().askers())
                .extracting(asker -> asker.user())
                .containsExactly("alice", "bob");
        assertThat(pc1.connections()).isEqualTo(2);
    }

    @Test
    void withoutAServiceToAskNobodyComesIn() {
        bench.reopen(FakeSignIn.unavailable());
        HttpProxyClient client = bench.client();

        HttpResponse answer = client.get("http://pc1/", RIGHT);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(client.connect("pc1:16992", RIGHT).status()).isEqualTo(503);
        assertThat(pc1.connections()).isZero();
    }

    @Test
    void aServiceThatNeverAnswersIsUnavailableWithinTheDeadline() {
        bench.reopen(_ -> new CompletableFuture<>(), ProxyBench.hasty(), ProxySettings.DEFAULT);

        assertThat(bench.client().get("http://pc1/", RIGHT).status()).isEqualTo(503);
    }

    @Test
    void aConsoleThatLeavesWhileItIsCheckedIsForgotten() {
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        AuthenticationService slow =
                _ -> {
                    asked.complete(null);
                    CompletionStage<Verdict> answer = verdict;
                    return answer;
                };
        bench.reopen(slow);
        HttpProxyClient client = bench.client();
        client.send("GET http://pc1/ HTTP/1.1\r\nHost: a\r\n\r\n");
        asked.join();
        client.stream().reset();
        await().until(() -> bench.open() == 0);

        verdict.complete(new Verdict.Accepted("zoë"));

        assertThat(bench.client().get("http://pc1/").status()).isEqualTo(200);
        assertThat(pc1.requests()).hasSize(1);
    }
}
