package org.outpost.gateway.socks;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.socksx.v4.Socks4CommandRequest;
import io.netty.handler.codec.socksx.v5.DefaultSocks5InitialResponse;
import io.netty.handler.codec.socksx.v5.DefaultSocks5PasswordAuthResponse;
import io.netty.handler.codec.socksx.v5.Socks5AuthMethod;
import io.netty.handler.codec.socksx.v5.Socks5CommandRequest;
import io.netty.handler.codec.socksx.v5.Socks5CommandRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5InitialRequest;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthRequest;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthStatus;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.channel.Load;
import org.outpost.gateway.door.ConnectFailedException;
import org.outpost.gateway.door.ConnectFailure;
import org.outpost.gateway.door.Connector;
import org.outpost.gateway.door.DeadlineHandler;
import org.outpost.gateway.door.Destination;
import org.outpost.gateway.door.Doorway;
import org.outpost.gateway.door.Drain;
import org.outpost.gateway.door.LingeringClose;
import org.outpost.gateway.door.SignIn;
import org.outpost.gateway.route.Console;
import org.outpost.gateway.splice.Splice;
import org.outpost.gateway.transport.PeerFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/**
 * One console's SOCKS handshake, then the splice. A request may come before the client knows
 * whether it was let in (it is kept), and bytes for the device may come right behind the request
 * (the splice keeps them).
 */
final class SocksHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(SocksHandler.class);

    private enum Step {
        GREETING,
        PASSWORD,
        SIGNING_IN,
        REQUEST,
        CONNECTING,
        JOINED,
        OVER
    }

    private final Doorway doorway;
    private final Splice splice;
    private Step step = Step.GREETING;
    private String user = "";
    private @Nullable SocksRequest request;
    private @Nullable Future<?> connecting;

    SocksHandler(Doorway doorway) {
        this.doorway = doorway;
        this.splice = doorway.newSplice();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        switch (message) {
            case Socks5InitialRequest greeting when step == Step.GREETING -> greeted(ctx, greeting);
            case Socks5PasswordAuthRequest password when step == Step.PASSWORD ->
                    passwordGiven(ctx, password);
            case Socks5CommandRequest five when request == null && step != Step.OVER ->
                    requested(ctx, new SocksRequest.Five(five));
            case Socks4CommandRequest four when step == Step.GREETING -> {
                requested(ctx, new SocksRequest.Four(four));
                signIn(ctx, four.userId(), null, verdict -> answerFour(ctx, four, verdict));
            }
            default -> {
                if (request == null || step == Step.OVER) {
                    ReferenceCountUtil.release(message);
                } else {
                    ctx.fireChannelRead(message);
                }
            }
        }
    }

    private void greeted(ChannelHandlerContext ctx, Socks5InitialRequest greeting) {
        if (greeting.decoderResult().isFailure()) {
            ctx.close();
            return;
        }
        // Both decoders are put in place now: the client may have sent all it has to say at once.
        boolean offersPassword = greeting.authMethods().contains(Socks5AuthMethod.PASSWORD);
        if (offersPassword) {
            ctx.pipeline().addBefore(ctx.name(), null, new PasswordRequestDecoder());
        }
        ctx.pipeline()
                .addBefore(
                        ctx.name(),
                        null,
                        new Socks5CommandRequestDecoder(new AddressTypeDecoder()));
        if (offersPassword) {
            step = Step.PASSWORD;
            ctx.writeAndFlush(new DefaultSocks5InitialResponse(Socks5AuthMethod.PASSWORD));
        } else if (greeting.authMethods().contains(Socks5AuthMethod.NO_AUTH)) {
            signIn(ctx, "", null, verdict -> answerGreeting(ctx, verdict));
        } else {
            end(ctx, new DefaultSocks5InitialResponse(Socks5AuthMethod.UNACCEPTED));
        }
    }

    private void answerGreeting(ChannelHandlerContext ctx, Verdict verdict) {
        if (verdict instanceof Verdict.Accepted accepted) {
            ctx.writeAndFlush(new DefaultSocks5InitialResponse(Socks5AuthMethod.NO_AUTH));
            signedIn(ctx, accepted);
        } else {
            end(ctx, new DefaultSocks5InitialResponse(Socks5AuthMethod.UNACCEPTED));
        }
    }

    private void passwordGiven(ChannelHandlerContext ctx, Socks5PasswordAuthRequest given) {
        if (given.decoderResult().isFailure()) {
            end(ctx, new DefaultSocks5PasswordAuthResponse(Socks5PasswordAuthStatus.FAILURE));
            return;
        }
        signIn(ctx, given.username(), given.password(), verdict -> answerPassword(ctx, verdict));
    }

    private void answerPassword(ChannelHandlerContext ctx, Verdict verdict) {
        if (verdict instanceof Verdict.Accepted accepted) {
            ctx.writeAndFlush(
                    new DefaultSocks5PasswordAuthResponse(Socks5PasswordAuthStatus.SUCCESS));
            signedIn(ctx, accepted);
        } else {
            end(ctx, new DefaultSocks5PasswordAuthResponse(Socks5PasswordAuthStatus.FAILURE));
        }
    }

    private void answerFour(ChannelHandlerContext ctx, Socks4CommandRequest four, Verdict verdict) {
        if (verdict instanceof Verdict.Accepted accepted) {
            signedIn(ctx, accepted);
        } else {
            end(ctx, new SocksRequest.Four(four).notSignedIn());
        }
    }

    private interface OnVerdict {
        void answer(Verdict verdict);
    }

    private void signIn(
            ChannelHandlerContext ctx, String name, @Nullable String password, OnVerdict then) {
        step = Step.SIGNING_IN;
        ctx.channel().config().setAutoRead(false);
        doorway.signIn()
                .ask(ctx.channel(), name, password, ctx.executor())
                .addListener(
                        (Future<Verdict> asked) -> {
                            if (step == Step.SIGNING_IN && ctx.channel().isActive()) {
                                then.answer(asked.getNow());
                            }
                        });
    }

    private void signedIn(ChannelHandlerContext ctx, Verdict.Accepted accepted) {
        user = accepted.principal();
        step = Step.REQUEST;
        SocksRequest early = request;
        if (early == null) {
            ctx.channel().config().setAutoRead(true);
        } else {
            connect(ctx, early);
        }
    }

    private void requested(ChannelHandlerContext ctx, SocksRequest received) {
        request = received;
        ctx.pipeline().addAfter(ctx.name(), null, splice.consoleEnd());
        if (step == Step.REQUEST) {
            connect(ctx, received);
        }
    }

    private void connect(ChannelHandlerContext ctx, SocksRequest wanted) {
        clock(ctx).stop();
        Object fault = wanted.fault();
        if (fault != null) {
            doorway.metrics().turnedAway("request");
            end(ctx, fault);
            return;
        }
        step = Step.CONNECTING;
        Connector connector = doorway.connector();
        Console console = new Console(user, SignIn.address(ctx.channel()));
        Destination destination = connector.destination(wanted.target(), wanted.port(), console);
        connecting =
                connector
                        .connect(destination, Load.of(splice), ctx.executor())
                        .addListener(
                                (Future<Channel> done) -> {
                                    if (step != Step.CONNECTING) {
                                        return;
                                    }
                                    if (done.isSuccess()) {
                                        join(ctx, wanted);
                                    } else {
                                        end(ctx, wanted.failed(failure(done.cause())));
                                    }
                                });
    }

    private static ConnectFailure failure(Throwable cause) {
        return cause instanceof ConnectFailedException failed
                ? failed.failure()
                : ConnectFailure.BUSY;
    }

    private void join(ChannelHandlerContext ctx, SocksRequest wanted) {
        step = Step.JOINED;
        ctx.writeAndFlush(wanted.granted());
        // In their order, so that what they still hold reaches the splice in the order it came.
        codecs(ctx.pipeline()).forEach(ctx.pipeline()::remove);
        ctx.pipeline().remove(this);
        splice.begin();
    }

    private List<ChannelHandler> codecs(ChannelPipeline pipeline) {
        return pipeline.toMap().values().stream()
                .dropWhile(handler -> !(handler instanceof DeadlineHandler))
                .takeWhile(handler -> handler != this)
                .toList();
    }

    private void end(ChannelHandlerContext ctx, Object answer) {
        step = Step.OVER;
        LingeringClose.after(ctx.writeAndFlush(answer));
    }

    private static DeadlineHandler clock(ChannelHandlerContext ctx) {
        return ctx.pipeline().get(DeadlineHandler.class);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case DeadlineHandler.Expired expired -> {
                step = Step.OVER;
                doorway.metrics().turnedAway("handshake_timeout");
                log.atInfo()
                        .addKeyValue("door", doorway.name())
                        .addKeyValue("console", SignIn.address(ctx.channel()))
                        .log("handshake not finished in time");
                ctx.close();
            }
            case Drain drain -> {
                if (step != Step.CONNECTING) {
                    ctx.close();
                }
            }
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        step = Step.OVER;
        Future<?> attempt = connecting;
        if (attempt != null) {
            attempt.cancel(false);
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        PeerFailure.log(log, cause)
                .addKeyValue("door", doorway.name())
                .addKeyValue("console", SignIn.address(ctx.channel()))
                .log("connection of a console failed");
        ctx.close();
    }
}
