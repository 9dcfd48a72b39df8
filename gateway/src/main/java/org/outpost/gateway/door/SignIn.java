package org.outpost.gateway.door;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;

import org.jspecify.annotations.Nullable;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.authentication.AuthenticationService;
import org.outpost.gateway.terminator.ProxyHeader;
import org.outpost.gateway.terminator.TerminatedTls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Asks whether a console may come in. What it shows is passed on as it is: a console without a
 * password is asked about too, since a client certificate, or an authenticator that accepts
 * anybody, may be enough.
 */
public final class SignIn {
    private static final Logger log = LoggerFactory.getLogger(SignIn.class);

    private final String door;
    private final AuthenticationService service;
    private final Duration deadline;
    private final Consumer<String> verdicts;

    SignIn(
            String door,
            AuthenticationService service,
            Duration deadline,
            Consumer<String> verdicts) {
        this.door = door;
        this.service = service;
        this.deadline = deadline;
        this.verdicts = verdicts;
    }

    /**
     * Asks.
     *
     * @param user the user name, empty when the console gave none
     * @param password the password, null when it gave none
     * @return succeeds on the executor within the door's deadline
     */
    public Future<Verdict> ask(
            Channel console, String user, @Nullable String password, EventExecutor executor) {
        Promise<Verdict> promise = executor.newPromise();
        Credentials credentials = credentials(console, user, password);
        Future<?> timer =
                executor.schedule(
                        () -> promise.trySuccess(new Verdict.Unavailable("no answer in time")),
                        deadline.toNanos(),
                        TimeUnit.NANOSECONDS);
        promise.addListener(done -> timer.cancel(false));
        promise.addListener(done -> answered(credentials, promise.getNow()));
        try {
            service.authenticate(credentials)
                    .whenComplete(
                            (verdict, failure) ->
                                    executor.execute(
                                            () ->
                                                    promise.trySuccess(
                                                            verdict != null
                                                                    ? verdict
                                                                    : new Verdict.Unavailable(
                                                                            "failed"))));
        } catch (RuntimeException e) {
            promise.trySuccess(new Verdict.Unavailable(e.getClass().getSimpleName()));
        }
        return promise;
    }

    private void answered(Credentials credentials, Verdict verdict) {
        switch (verdict) {
            case Verdict.Accepted accepted -> verdicts.accept("accepted");
            case Verdict.Refused refused -> {
                verdicts.accept("refused");
                // The first request of most clients carries no password: that is no event.
                boolean triedToSignIn = credentials.password() != null;
                (triedToSignIn ? log.atInfo() : log.atDebug())
                        .addKeyValue("door", door)
                        .addKeyValue("user", PeerText.escape(credentials.user()))
                        .addKeyValue("console", credentials.address())
                        .addKeyValue("reason", refused.reason())
                        .log("console not signed in");
            }
            case Verdict.Unavailable unavailable -> {
                verdicts.accept("unavailable");
                log.atWarn()
                        .addKeyValue("door", door)
                        .addKeyValue("console", credentials.address())
                        .addKeyValue("reason", unavailable.reason())
                        .log("console could not be authenticated");
            }
        }
    }

    /** Where a console's connection comes from, before any load balancer. */
    public static InetSocketAddress address(Channel console) {
        InetSocketAddress source = ProxyHeader.source(console);
        return source == null ? new InetSocketAddress(0) : source;
    }

    private static Credentials credentials(
            Channel console, String user, @Nullable String password) {
        ProxyHeader.Client client = ProxyHeader.client(console);
        TerminatedTls terminated = client == null ? null : client.tls();
        // A console's TLS that ended in front of us leaves only the terminator's own here.
        return new Credentials(
                user,
                password,
                terminated == null ? certificate(console) : terminated.certificate(),
                terminated == null ? null : terminated.verifiedName(),
                null,
                address(console).getAddress());
    }

    /** The certificate that the console proved in its TLS handshake; null without one. */
    private static @Nullable X509Certificate certificate(Channel console) {
        SslHandler tls = console.pipeline().get(SslHandler.class);
        if (tls == null) {
            return null;
        }
        try {
            return tls.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate one
                    ? one
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }
}
