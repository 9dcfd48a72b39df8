package org.outpost.simulator.amt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateEvent;

import java.util.Optional;

/**
 * Answers the requests of one HTTP connection as AMT does (simulator.md §2). In TLS a connection
 * stays signed in after the first right credentials (wsman.md §1.1).
 */
final class AmtHttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final String HTML = "text/html";

    private final AmtDevice device;
    private final boolean secure;
    private int requestsLeft;
    private boolean signedIn;

    /**
     * The handler of one connection.
     *
     * @param device the device that answers
     * @param secure whether the connection is in TLS
     * @param requests after how many requests the connection is closed
     */
    AmtHttpHandler(AmtDevice device, boolean secure, int requests) {
        super(FullHttpRequest.class);
        this.device = device;
        this.secure = secure;
        this.requestsLeft = requests;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        requestsLeft--;
        if (request.decoderResult().isFailure()) {
            requestsLeft = 0;
            respond(context, request, error(HttpResponseStatus.BAD_REQUEST));
            return;
        }
        respond(context, request, answer(request));
    }

    private FullHttpResponse answer(FullHttpRequest request) {
        String path = path(request.uri());
        HttpMethod method = request.method();
        if (path.equals("/wsman")) {
            return method.equals(HttpMethod.POST)
                    ? signedIn(request).orElseGet(() -> wsman(request.content()))
                    : notAllowed("POST");
        }
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
                .map(page -> page(request, page))
                .orElseGet(() -> error(HttpResponseStatus.NOT_FOUND));
    }

    private FullHttpResponse page(FullHttpRequest request, WebPages.Page page) {
        if (page.open()) {
            return response(HttpResponseStatus.OK, page.contentType(), page.content());
        }
        return signedIn(request)
                .orElseGet(
                        () -> {
                            FullHttpResponse response =
                                    response(
                                            HttpResponseStatus.OK,
                                            page.contentType(),
                                            page.content());
                            response.headers().set(AmtHeaders.CACHE_CONTROL, "no-cache");
                            return response;
                        });
    }

    private static FullHttpResponse soap(WsmanEngine.Reply reply) {
        return response(
                HttpResponseStatus.valueOf(reply.status()),
                "application/soap+xml; charset=UTF-8",
                reply.envelope());
    }

    private FullHttpResponse wsman(ByteBuf body) {
        return soap(device.wsman().handle(body));
    }

    /** Empty when the request's user is known; else the 401 to answer. */
    private Optional<FullHttpResponse> signedIn(FullHttpRequest request) {
        String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION);
        if (authorization == null && signedIn) {
            return Optional.empty();
        }
        DigestAuthenticator.Outcome outcome =
                authorization == null
                        ? DigestAuthenticator.Outcome.REFUSED
                        : device.authenticator()
                                .check(
                                        authorization,
                                        request.method().name(),
                                        request.uri(),
                                        request.content());
        if (outcome == DigestAuthenticator.Outcome.ACCEPTED) {
            signedIn = secure;
            return Optional.empty();
        }
        FullHttpResponse response = error(HttpResponseStatus.UNAUTHORIZED);
        response.headers()
                .set(
                        AmtHeaders.WWW_AUTHENTICATE,
                        device.authenticator()
                                .challenge(outcome == DigestAuthenticator.Outcome.STALE));
        return Optional.of(response);
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

    private void respond(
            ChannelHandlerContext context, FullHttpRequest request, FullHttpResponse response) {
        boolean keepAlive = requestsLeft > 0 && HttpUtil.isKeepAlive(request);
        AmtHeaders.finish(response, device.serverHeader());
        if (!keepAlive) {
            response.headers().set(AmtHeaders.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (!request.protocolVersion().isKeepAliveDefault()) {
            response.headers().set(AmtHeaders.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        ChannelFuture written = context.writeAndFlush(response);
        if (!keepAlive) {
            // what is pipelined behind the last request is not answered
            requestsLeft = 0;
            context.channel().config().setAutoRead(false);
            written.addListener(ChannelFutureListener.CLOSE);
        }
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

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (requestsLeft > 0) {
            context.channel().config().setAutoRead(context.channel().isWritable());
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            // AMT closes idle connections without a word (wsman.md §1.2)
            context.close();
            return;
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
