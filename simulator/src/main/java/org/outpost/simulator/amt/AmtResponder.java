package org.outpost.simulator.amt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.account.Account;
import org.outpost.simulator.amt.DigestAuthenticator.Outcome;
import org.outpost.simulator.amt.DigestAuthenticator.SignIn;
import org.outpost.simulator.fault.FaultSource;
import org.outpost.simulator.firmware.Journal;
import org.outpost.simulator.wsman.WsmanEngine;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What AMT answers to the requests of one connection (simulator.md §2). In TLS a connection stays
 * signed in after the first right credentials, until the access control list changes (wsman.md
 * §1.1). To be used on the device's event loop only.
 */
final class AmtResponder {
    /**
     * An answer and what goes wrong with it.
     *
     * @param delay how long it takes
     */
    record Answer(FullHttpResponse response, FaultSource.Answer fault, Duration delay) {}

    private static final String HTML = "text/html";

    private final AmtDevice device;
    private final boolean secure;
    private @Nullable Account remembered;
    private int rememberedVersion;
    private boolean stale;

    AmtResponder(AmtDevice device, boolean secure) {
        this.device = device;
        this.secure = secure;
    }

    /** Answers a request, which stays the caller's and must live until the answer is there. */
    CompletionStage<Answer> answer(FullHttpRequest request, InetSocketAddress peer) {
        String path = path(request.uri());
        HttpMethod method = request.method();
        if (path.equals("/wsman") && method.equals(HttpMethod.POST)) {
            return wsman(request, peer);
        }
        return done(path.equals("/wsman") ? notAllowed("POST") : page(request, method, path, peer));
    }

    private CompletionStage<Answer> wsman(FullHttpRequest request, InetSocketAddress peer) {
        Account account = signIn(request, peer);
        if (account == null) {
            return done(challenge());
        }
        FaultSource faults = device.faults();
        FaultSource.Answer fault = faults.answer();
        Duration delay = faults.delay();
        if (fault == FaultSource.Answer.BUSY) {
            return CompletableFuture.completedFuture(
                    new Answer(error(HttpResponseStatus.SERVICE_UNAVAILABLE), fault, delay));
        }
        return device.wsman()
                .handle(request.content(), account, Journal.address(peer))
                .thenApply(reply -> new Answer(soap(reply), fault, delay));
    }

    private FullHttpResponse page(
            FullHttpRequest request, HttpMethod method, String path, InetSocketAddress peer) {
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            return notAllowed("GET, HEAD");
        }
        if (path.equals("/")) {
            FullHttpResponse response =
                    response(HttpResponseStatus.SEE_OTHER, HTML, Unpooled.EMPTY_BUFFER);
            response.headers().remove(AmtHeaders.CONTENT_TYPE);
            response.headers().set(AmtHeaders.LOCATION, "/logon.htm");
            return response;
        }
        return device.pages()
                .find(path)
                .map(found -> page(request, found, peer))
                .orElseGet(() -> error(HttpResponseStatus.NOT_FOUND));
    }

    private FullHttpResponse page(
            FullHttpRequest request, WebPages.Page page, InetSocketAddress peer) {
        if (!page.open() && signIn(request, peer) == null) {
            return challenge();
        }
        FullHttpResponse response =
                response(HttpResponseStatus.OK, page.contentType(), page.content());
        if (!page.open()) {
            response.headers().set(AmtHeaders.CACHE_CONTROL, "no-cache");
        }
        return response;
    }

    /** Who asks; null when that is not known. */
    private @Nullable Account signIn(FullHttpRequest request, InetSocketAddress peer) {
        if (!device.firmware().provisioned()) {
            return null;
        }
        String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION);
        int version = device.firmware().accounts().version();
        stale = false;
        if (authorization == null) {
            return rememberedVersion == version ? remembered : null;
        }
        SignIn signIn = check(request, authorization);
        if (signIn.outcome() == Outcome.REFUSED) {
            device.firmware().journal().signInFailed(signIn.user(), Journal.address(peer));
        }
        stale = signIn.outcome() == Outcome.STALE;
        Account account = signIn.account();
        if (secure) {
            remembered = account;
            rememberedVersion = version;
        }
        return account;
    }

    private SignIn check(FullHttpRequest request, String authorization) {
        SignIn signIn =
                device.authenticator()
                        .check(
                                authorization,
                                request.method().name(),
                                request.uri(),
                                request.content());
        if (signIn.outcome() != Outcome.ACCEPTED) {
            return signIn;
        }
        if (device.faults().refusesCredentials()) {
            return new SignIn(Outcome.REFUSED, signIn.user(), null);
        }
        return device.faults().nonceStale()
                ? new SignIn(Outcome.STALE, signIn.user(), null)
                : signIn;
    }

    /** The 401 for the request whose sign-in has just failed. */
    private FullHttpResponse challenge() {
        FullHttpResponse response = error(HttpResponseStatus.UNAUTHORIZED);
        response.headers()
                .set(AmtHeaders.WWW_AUTHENTICATE, device.authenticator().challenge(stale));
        return response;
    }

    private static FullHttpResponse soap(WsmanEngine.Reply reply) {
        return response(
                HttpResponseStatus.valueOf(reply.status()),
                "application/soap+xml; charset=UTF-8",
                reply.envelope());
    }

    private static FullHttpResponse notAllowed(String methods) {
        FullHttpResponse response = error(HttpResponseStatus.METHOD_NOT_ALLOWED);
        response.headers().set(AmtHeaders.ALLOW, methods);
        return response;
    }

    /** An error with a short page of its own. */
    static FullHttpResponse error(HttpResponseStatus status) {
        String text = status.code() + " " + status.reasonPhrase();
        return response(
                status, HTML, Unpooled.wrappedBuffer(Html.page(text, "<h1>" + text + "</h1>\n")));
    }

    private static FullHttpResponse response(
            HttpResponseStatus status, String contentType, ByteBuf content) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        response.headers().set(AmtHeaders.CONTENT_TYPE, contentType);
        return response;
    }

    private static CompletionStage<Answer> done(FullHttpResponse response) {
        return CompletableFuture.completedFuture(
                new Answer(response, FaultSource.Answer.RIGHT, Duration.ZERO));
    }

    private static String path(String target) {
        int end = target.indexOf('?');
        String path = end < 0 ? target : target.substring(0, end);
        int scheme = path.indexOf("://");
        if (scheme > 0 && !path.startsWith("/")) {
            int slash = path.indexOf('/', scheme + 3);
            return slash < 0 ? "/" : path.substring(slash);
        }
        return path;
    }
}
