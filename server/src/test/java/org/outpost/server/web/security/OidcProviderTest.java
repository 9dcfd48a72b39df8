package org.outpost.server.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.server.web.RunningServer;
import org.outpost.server.web.RunningServer.Answer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider of this test over HTTP, and a whole server that finds it by discovery. */
class OidcProviderTest {
    private final AtomicInteger questions = new AtomicInteger();
    private HttpServer provider;
    private volatile RSAKey key;
    private String issuer;
    private RunningServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        key = new RSAKeyGenerator(2048).keyID("one").generate();
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = "http://127.0.0.1:" + provider.getAddress().getPort() + "/office";
        provider.createContext(
                "/office/.well-known/openid-configuration",
                exchange ->
                        answer(
                                exchange,
                                """
                                {"issuer":"%1$s","jwks_uri":"%1$s/keys",
                                 "authorization_endpoint":"%1$s/auth","token_endpoint":"%1$s/token",
                                 "subject_types_supported":["public"],
                                 "response_types_supported":["code"],
                                 "id_token_signing_alg_values_supported":["RS256"]}
                                """
                                        .formatted(issuer)));
        provider.createContext(
                "/office/keys",
                exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
        provider.start();
        server =
                new RunningServer(
                        folder,
                        """
                        access:
                          oidc: { issuer: "%s", roles-claim: realm_access.roles, tenant-claim: org }
                        """
                                .formatted(issuer));
        server.call("POST", "/api/v1/tenants", server.localToken(), "{\"name\":\"acme\"}");
    }

    @AfterEach
    void stop() {
        server.close();
        provider.stop(0);
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        questions.incrementAndGet();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience("outpost")
                .subject("4711")
                .claim("preferred_username", "ida")
                .claim("org", "acme")
                .claim("realm_access", Map.of("roles", List.of("outpost-viewer", "administrator")))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    private String signed(JWTClaimsSet claims, RSAKey by) throws Exception {
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .type(JOSEObjectType.JWT)
                                .keyID(by.getKeyID())
                                .build(),
                        claims);
        token.sign(new RSASSASigner(by));
        return token.serialize();
    }

    private Answer me(String token) throws Exception {
        return server.call("GET", "/api/v1/me", token, "");
    }

    @Test
    void whoTheProviderVouchesForHasTheRolesOfTheToken() throws Exception {
        Answer me = me(signed(claims().build(), key));
        assertThat(me.status()).as("%s", me.body()).isEqualTo(200);
        assertThat(me.body().get("user").asString()).isEqualTo("ida");
        assertThat(me.body().get("tenant").asString()).isEqualTo("acme");
        assertThat(me.body().get("means").asString()).isEqualTo("oidc");
        // "administrator" stands there without the prefix: it is another program's role.
        assertThat(me.body().get("rights").toString()).isEqualTo("[\"view\"]");
    }

    @Test
    void whatIsForgedExpiredOrMeantForOthersIsRefused() throws Exception {
        RSAKey forged = new RSAKeyGenerator(2048).keyID("one").generate();
        assertThat(me(signed(claims().build(), key)).status()).isEqualTo(200);
        assertThat(me(signed(claims().build(), forged)).status()).isEqualTo(401);
        assertThat(me(signed(claims().audience("other").build(), key)).status()).isEqualTo(401);
        assertThat(me(signed(claims().audience(List.of()).build(), key)).status()).isEqualTo(401);
        assertThat(me(signed(claims().issuer(issuer + "/x").build(), key)).status()).isEqualTo(401);
        assertThat(
                        me(signed(
                                        claims().expirationTime(
                                                        Date.from(Instant.now().minusSeconds(300)))
                                                .build(),
                                        key))
                                .status())
                .isEqualTo(401);
        assertThat(me(signed(claims().claim("org", "unknown").build(), key)).status())
                .isEqualTo(401);
        assertThat(me(signed(claims().claim("preferred_username", null).build(), key)).status())
                .isEqualTo(401);
        assertThat(me(new PlainJWT(claims().build()).serialize()).status()).isEqualTo(401);
        assertThat(me("a.b.c").status()).isEqualTo(401);
    }

    @Test
    void whoHasTheNameOfAUserHereIsNotThatUser() throws Exception {
        String token =
                signed(
                        claims().claim("preferred_username", "admin").claim("org", "acme").build(),
                        key);
        assertThat(me(token).body().get("rights").toString()).isEqualTo("[\"view\"]");
        assertThat(me(token).body().get("grants").size()).isZero();
        assertThat(server.call("POST", "/api/v1/tokens", token, "{}").status()).isEqualTo(409);
        assertThat(server.call("GET", "/api/v1/tokens", token, "").status()).isEqualTo(409);
        assertThat(
                        server.call(
                                        "PUT",
                                        "/api/v1/me/password",
                                        token,
                                        "{\"current\":\"x\",\"password\":\"y\"}")
                                .status())
                .isEqualTo(409);
        for (String odd : new String[] {"@local", "", "a b", "user:admin"}) {
            assertThat(me(signed(claims().claim("preferred_username", odd).build(), key)).status())
                    .as(odd)
                    .isEqualTo(401);
        }
        assertThat(me(signed(claims().claim("org", "").build(), key)).status()).isEqualTo(401);
    }

    @Test
    void aNewKeyOfTheProviderIsFound() throws Exception {
        assertThat(me(signed(claims().build(), key)).status()).isEqualTo(200);
        RSAKey next = new RSAKeyGenerator(2048).keyID("two").generate();
        key = next;
        assertThat(me(signed(claims().build(), next)).status()).isEqualTo(200);
    }

    @Test
    void otherTokensCostNoQuestionToTheProvider() throws Exception {
        assertThat(me("nonsense").status()).isEqualTo(401);
        assertThat(server.call("GET", "/api/v1/me", server.localToken(), "").status())
                .isEqualTo(200);
        assertThat(questions).hasValue(0);
    }

    @Test
    void aProviderThatIsAwayIsAskedAgainLater() throws Exception {
        String token = signed(claims().build(), key);
        InetSocketAddress address = provider.getAddress();
        provider.stop(0);
        assertThat(me(token).status()).isEqualTo(401);

        HttpServer again = HttpServer.create(address, 0);
        again.createContext(
                "/office/.well-known/openid-configuration",
                exchange ->
                        answer(
                                exchange,
                                """
                                {"issuer":"%1$s","jwks_uri":"%1$s/keys",
                                 "subject_types_supported":["public"]}
                                """
                                        .formatted(issuer)));
        again.createContext(
                "/office/keys",
                exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
        again.start();
        provider = again;
        assertThat(me(token).status()).isEqualTo(200);
    }
}
