package org.outpost.gateway.proxy;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;

import org.jspecify.annotations.Nullable;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.authentication.BasicCredentials;
import org.outpost.gateway.door.SignIn;
import org.outpost.gateway.route.Console;

import java.util.Optional;

/**
 * Basic proxy authentication of one console connection (RFC 9110 section 11.7). Credentials that
 * were accepted on this connection are not checked again. Only the console's event loop uses it.
 */
final class ConsoleSignIn {
    private final SignIn signIn;
    private final Channel channel;
    private @Nullable String acceptedField;
    private @Nullable Console acceptedAs;

    /** What became of a request's credentials. */
    sealed interface Result {
        /** The request may go on. */
        record Known(Console console) implements Result {}

        /** It may not. */
        record Denied(ProxyStatus status) implements Result {}
    }

    ConsoleSignIn(SignIn signIn, Channel channel) {
        this.signIn = signIn;
        this.channel = channel;
    }

    Future<Result> check(HttpHeaders fields) {
        EventExecutor loop = channel.eventLoop();
        String given = fields.get(HttpHeaderNames.PROXY_AUTHORIZATION);
        String field = given == null ? "" : given;
        Console before = acceptedAs;
        if (before != null && field.equals(acceptedField)) {
            return loop.newSucceededFuture(new Result.Known(before));
        }
        Optional<BasicCredentials> basic = BasicCredentials.parse(field);
        Promise<Result> result = loop.newPromise();
        signIn.ask(
                        channel,
                        basic.map(BasicCredentials::user).orElse(""),
                        basic.map(BasicCredentials::password).orElse(null),
                        loop)
                .addListener(
                        (Future<Verdict> answer) ->
                                result.trySuccess(judge(field, answer.getNow())));
        return result;
    }

    private Result judge(String field, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> {
                Console console = new Console(accepted.principal(), SignIn.address(channel));
                acceptedField = field;
                acceptedAs = console;
                yield new Result.Known(console);
            }
            case Verdict.Refused _ ->
                    new Result.Denied(
                            ProxyStatus.signInRequired(
                                    field.isEmpty()
                                            ? "This proxy asks for a user name and a password"
                                                    + " (Basic)."
                                            : "User name or password is wrong."));
            case Verdict.Unavailable _ -> new Result.Denied(ProxyStatus.signInUnavailable());
        };
    }
}
