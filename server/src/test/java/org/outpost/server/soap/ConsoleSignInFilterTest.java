package org.outpost.server.soap;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.outpost.authenticator.Verdict;
import org.outpost.server.datadir.CapturedLog;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a sign-in leaves in the log. */
class ConsoleSignInFilterTest {
    private final CapturedLog log = new CapturedLog(ConsoleSignInFilter.class);
    private final List<Integer> statuses = new ArrayList<>();

    @AfterEach
    void close() {
        log.close();
    }

    private void signIn(@Nullable String user, Verdict verdict) throws Exception {
        String shown =
                user == null
                        ? null
                        : "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                (user + ":S3cret")
                                                        .getBytes(StandardCharsets.UTF_8));
        HttpServletRequest request =
                proxy(
                        HttpServletRequest.class,
                        (method, _) ->
                                switch (method) {
                                    case "getRemoteAddr" -> "192.0.2.7";
                                    case "getHeader" -> shown;
                                    default -> null;
                                });
        HttpServletResponse response =
                proxy(
                        HttpServletResponse.class,
                        (method, first) -> {
                            if (method.equals("sendError")) {
                                statuses.add((Integer) first);
                            }
                            return null;
                        });
        new ConsoleSignInFilter(_ -> CompletableFuture.completedFuture(verdict))
                .doFilterInternal(request, response, (_, _) -> statuses.add(200));
    }

    private interface Call {
        @Nullable Object answer(String method, @Nullable Object first);
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) ->
                                call.answer(
                                        method.getName(),
                                        arguments == null || arguments.length == 0
                                                ? null
                                                : arguments[0])));
    }

    @Test
    void aWrongPasswordLeavesTheSameLineAsAtTheDoorsWithoutThePassword() throws Exception {
        signIn("desk\n", new Verdict.Refused("wrong password"));

        assertThat(statuses).containsExactly(401);
        assertThat(log.infos())
                .singleElement()
                .asString()
                .startsWith("console not signed in")
                .contains("door=\"soap\"", "192.0.2.7", "desk\\u000a", "wrong password")
                .doesNotContain("S3cret");
    }

    @Test
    void aFirstRequestWithoutAPasswordIsNoEvent() throws Exception {
        signIn(null, new Verdict.Refused("no password"));

        assertThat(statuses).containsExactly(401);
        assertThat(log.infos()).isEmpty();
    }

    @Test
    void whenNobodyCanSayTheLogTellsWhy() throws Exception {
        signIn("desk", new Verdict.Unavailable("ldap is away"));

        assertThat(statuses).containsExactly(503);
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains("console could not be authenticated", "ldap is away");
    }

    @Test
    void aGoodPasswordLeavesNoLine() throws Exception {
        signIn("desk", new Verdict.Accepted("desk"));

        assertThat(statuses).containsExactly(200);
        assertThat(log.all()).isEmpty();
    }
}
