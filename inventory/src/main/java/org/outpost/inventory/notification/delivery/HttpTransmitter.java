package org.outpost.inventory.notification.delivery;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.outpost.inventory.notification.delivery.DeliveryException.Kind;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLContext;

/**
 * HTTP/1.1 to one subscriber: to allowed addresses only, without redirects or cookies, within a
 * deadline for the whole exchange, reading no more of an answer than makes sense.
 */
final class HttpTransmitter implements Transmitter {
    private static final int MOST_ANSWER = 64 * 1024;
    private static final int CONNECTIONS = 32;
    private static final Duration UNUSED = Duration.ofSeconds(30);
    private static final Duration CONNECTION_LIFE = Duration.ofMinutes(5);
    private static final String AGENT = "Outpost";

    private final Subscriber subscriber;
    private final ScheduledExecutorService deadlines;
    private final CloseableHttpClient client;
    private final CredentialsFile credentials;

    /**
     * Makes the client; nothing is sent yet.
     *
     * @param tls null for the platform's authorities
     * @param addresses finds and checks the addresses to connect to
     * @param deadlines cuts requests that take too long; cheap work only
     */
    HttpTransmitter(
            Subscriber subscriber,
            @Nullable SSLContext tls,
            DnsResolver addresses,
            ScheduledExecutorService deadlines) {
        this.subscriber = subscriber;
        this.deadlines = deadlines;
        this.credentials = new CredentialsFile(subscriber.credentials());
        Timeout connect = Timeout.of(subscriber.connectTimeout());
        Timeout response = Timeout.of(subscriber.responseTimeout());
        PoolingHttpClientConnectionManagerBuilder connections =
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(addresses)
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(connect)
                                        .setSocketTimeout(response)
                                        .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                                        .setTimeToLive(TimeValue.of(CONNECTION_LIFE))
                                        .build());
        if (tls != null) {
            connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(tls));
        }
        HttpClientConnectionManager manager = connections.build();
        this.client =
                HttpClients.custom()
                        .setConnectionManager(manager)
                        .disableRedirectHandling()
                        .disableCookieManagement()
                        .disableAutomaticRetries()
                        .disableContentCompression()
                        .evictIdleConnections(TimeValue.of(UNUSED))
                        .setUserAgent(AGENT)
                        .setDefaultRequestConfig(
                                RequestConfig.custom()
                                        .setConnectionRequestTimeout(response)
                                        .setResponseTimeout(response)
                                        .build())
                        .build();
    }

    @Override
    public byte[] send(Message message) throws DeliveryException {
        HttpPost request = new HttpPost(subscriber.url());
        // The client would write the type in its own way; some consoles compare text.
        request.setEntity(new ByteArrayEntity(message.body(), null));
        request.setHeader("Content-Type", message.contentType());
        message.fields().forEach(request::setHeader);
        HttpClientContext context = signIn(request);
        AtomicBoolean late = new AtomicBoolean();
        Duration whole = subscriber.connectTimeout().plus(subscriber.responseTimeout());
        ScheduledFuture<?> deadline =
                deadlines.schedule(
                        () -> {
                            late.set(true);
                            request.cancel();
                        },
                        whole.toMillis(),
                        TimeUnit.MILLISECONDS);
        try {
            return exchange(request, context);
        } catch (HttpException e) {
            throw new DeliveryException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            String why =
                    late.get()
                            ? "no answer within " + whole.toMillis() + " ms"
                            : String.valueOf(e.getMessage());
            throw new DeliveryException(why, e);
        } catch (RuntimeException e) {
            throw new DeliveryException(e.toString(), e);
        } finally {
            deadline.cancel(false);
        }
    }

    private HttpClientContext signIn(HttpPost request) throws DeliveryException {
        HttpClientContext context = HttpClientContext.create();
        switch (credentials.read()) {
            case CredentialsFile.None _ -> {
                // Nothing is asked for.
            }
            case CredentialsFile.Bearer bearer ->
                    request.setHeader("Authorization", "Bearer " + bearer.token());
            case CredentialsFile.Password password -> {
                BasicCredentialsProvider provider = new BasicCredentialsProvider();
                provider.setCredentials(
                        new AuthScope(subscriber.url().getHost(), subscriber.port()),
                        new UsernamePasswordCredentials(
                                password.user(), password.secret().toCharArray()));
                context.setCredentialsProvider(provider);
            }
        }
        return context;
    }

    private byte[] exchange(HttpPost request, HttpClientContext context)
            throws IOException, HttpException, DeliveryException {
        ClassicHttpResponse response =
                client.executeOpen(RoutingSupport.determineHost(request), request, context);
        try {
            int status = response.getCode();
            if (status >= 200 && status < 300) {
                return body(request, response.getEntity());
            }
            skip(request, response.getEntity());
            throw refusal(status, response.getFirstHeader("Retry-After"));
        } finally {
            Closer.closeQuietly(response);
        }
    }

    /**
     * The beginning of a body. A stream without an end must not fill memory, nor hold the thread:
     * what is too long is cut off, with its connection.
     */
    private static byte[] body(HttpPost request, @Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        byte[] body = entity.getContent().readNBytes(MOST_ANSWER);
        if (body.length == MOST_ANSWER) {
            // Otherwise the client would read on to the end when the answer is closed.
            request.cancel();
        }
        return body;
    }

    /** Read for the sake of the connection, which is used again; the status has said it all. */
    private static void skip(HttpPost request, @Nullable HttpEntity entity) {
        try {
            body(request, entity);
        } catch (IOException e) {
            request.cancel();
        }
    }

    private static DeliveryException refusal(int status, @Nullable Header retryAfter) {
        String message = "it answered " + status;
        return switch (status) {
            case 410 -> new DeliveryException(Kind.GONE, message, null);
            case 400, 406, 411, 413, 414, 415, 422, 431 ->
                    new DeliveryException(Kind.REJECTED, message, null);
            default ->
                    new DeliveryException(
                            Kind.UNAVAILABLE,
                            message,
                            retryAfter == null ? null : RetryAfter.parse(retryAfter.getValue()));
        };
    }

    @Override
    public void close() {
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }
}
