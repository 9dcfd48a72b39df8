package org.outpost.amt.redirection.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.codec.RedirectionProtocolException;
import org.outpost.amt.redirection.message.MessageCode;
import org.outpost.amt.redirection.message.SessionMessage;

/** The console's side until its bytes pass: start, then the sign-in (redirection.md §5). */
final class ConsoleHandler extends SimpleChannelInboundHandler<SessionMessage> {
    private static final int MOST_MESSAGES = 8;

    private final RedirectionKind kind;
    private final Opener opener;
    private final ConsoleSignIn signIn = new ConsoleSignIn();
    private State state = new State.AwaitingStart();

    private sealed interface State {
        boolean accepts(int type);

        /** Nothing has come. */
        record AwaitingStart() implements State {
            @Override
            public boolean accepts(int type) {
                return type == MessageCode.START_SESSION;
            }
        }

        /** The session with the device is being opened; the console has to wait. */
        record Opening() implements State {
            @Override
            public boolean accepts(int type) {
                return type == MessageCode.END_SESSION;
            }
        }

        /** The console signs in. */
        record SigningIn(int messages) implements State {
            @Override
            public boolean accepts(int type) {
                return type == MessageCode.AUTHENTICATE || type == MessageCode.END_SESSION;
            }
        }

        /** Bytes pass, or it is over. */
        record Done() implements State {
            @Override
            public boolean accepts(int type) {
                return false;
            }
        }
    }

    /** What the handler asks of its session. */
    interface Opener {
        /** Opens the session with the device. */
        void open();

        /** The console is signed in. */
        void pass();

        /** The console is gone, or not to be borne. */
        void end(GatewayEnd reason);
    }

    ConsoleHandler(RedirectionKind kind, Opener opener) {
        this.kind = kind;
        this.opener = opener;
    }

    boolean accepts(int type) {
        return state.accepts(type);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, SessionMessage message) {
        switch (message) {
            case SessionMessage.StartSession start -> {
                if (start.kind() != kind) {
                    throw new RedirectionProtocolException(
                            "a %s session was announced, not %s".formatted(kind, start.kind()));
                }
                state = new State.Opening();
                opener.open();
            }
            case SessionMessage.Authenticate attempt -> answer(ctx, attempt);
            case SessionMessage.EndSession() -> {
                state = new State.Done();
                opener.end(GatewayEnd.CONSOLE_CLOSED);
            }
            default -> throw new IllegalStateException("not a message of a console");
        }
    }

    private void answer(ChannelHandlerContext ctx, SessionMessage.Authenticate attempt) {
        SessionMessage.AuthenticateReply reply = signIn.answer(attempt);
        if (ConsoleSignIn.isAccepted(reply)) {
            state = new State.Done();
            ctx.writeAndFlush(reply);
            opener.pass();
        } else if (state instanceof State.SigningIn(int messages) && messages < MOST_MESSAGES) {
            state = new State.SigningIn(messages + 1);
            ctx.writeAndFlush(reply);
        } else {
            throw new RedirectionProtocolException("a sign-in without end");
        }
    }

    /** The session with the device is open. */
    void opened(ChannelHandlerContext ctx, SessionMessage.StartSessionReply reply) {
        if (state instanceof State.Opening) {
            state = new State.SigningIn(0);
            ctx.writeAndFlush(reply);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        opener.end(GatewayEnd.CONSOLE_CLOSED);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        state = new State.Done();
        opener.end(
                cause instanceof RedirectionProtocolException
                        ? GatewayEnd.PROTOCOL_ERROR
                        : GatewayEnd.CONSOLE_FAILED);
    }
}
