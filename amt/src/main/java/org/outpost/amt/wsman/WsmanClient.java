package org.outpost.amt.wsman;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.loop.TaskLoop;
import org.outpost.amt.wsman.http.HttpAnswer;
import org.outpost.amt.wsman.http.HttpSession;
import org.outpost.amt.xml.Element;
import org.outpost.amt.xml.XmlLimits;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Speaks WS-Management with one device over one HTTP session: one request at a time, each with its
 * deadline. All failures are {@link AmtException}s. Everything runs on the session's loop.
 */
public final class WsmanClient implements Exchanger {
    private final HttpSession session;
    private final TaskLoop loop;
    private final Envelopes envelopes;
    private long lastId;

    /**
     * Makes a client.
     *
     * @param session to the device
     * @param limits what is read of an answer
     * @param loop the session's
     */
    public WsmanClient(HttpSession session, XmlLimits limits, TaskLoop loop) {
        this.session = session;
        this.loop = loop;
        this.envelopes = new Envelopes(limits);
    }

    /** The HTTP session. */
    public HttpSession session() {
        return session;
    }

    @Override
    public void abort(AmtFailure failure) {
        session.abort(failure);
    }

    @Override
    public void closeIdle() {
        session.closeIdle();
    }

    @Override
    public CompletableFuture<WsmanResponse> send(WsmanRequest request, Duration deadline) {
        CompletableFuture<WsmanResponse> response = new CompletableFuture<>();
        if (deadline.isNegative() || deadline.isZero()) {
            response.completeExceptionally(
                    new AmtException(new AmtFailure.TimedOut(deadline, false)));
            return response;
        }
        String id = Long.toString(++lastId);
        String envelope = envelopes.write(request, id);
        TaskLoop.Timer timer =
                loop.schedule(
                        () -> {
                            if (!response.isDone()) {
                                session.abort(new AmtFailure.TimedOut(deadline, session.sent()));
                            }
                        },
                        deadline);
        session.post(envelope.getBytes(StandardCharsets.UTF_8), request.repeatable())
                .whenComplete(
                        (answer, failure) -> {
                            timer.cancel();
                            settle(request, id, envelope, answer, failure, response);
                        });
        return response;
    }

    private void settle(
            WsmanRequest request,
            String id,
            String envelope,
            @Nullable HttpAnswer answer,
            @Nullable Throwable failure,
            CompletableFuture<WsmanResponse> response) {
        if (answer == null) {
            response.completeExceptionally(
                    failure == null
                            ? new AmtException(new AmtFailure.ConnectionLost(true))
                            : failure);
            return;
        }
        try {
            response.complete(read(request, id, envelope, answer));
        } catch (AmtException e) {
            if (e.failure() instanceof AmtFailure.ProtocolError) {
                // Whose answer comes next on this connection is not certain any more.
                session.closeIdle();
            }
            response.completeExceptionally(e);
        }
    }

    private Envelopes.Received received(HttpAnswer answer) {
        try {
            return envelopes.read(answer.body());
        } catch (AmtException e) {
            // Firmware that has run out of memory answers 500 with a page for people.
            throw answer.status() >= 500
                    ? new AmtException(new AmtFailure.Busy(answer.status()))
                    : e;
        }
    }

    private WsmanResponse read(
            WsmanRequest request, String id, String envelope, HttpAnswer answer) {
        switch (answer.status()) {
            case 403 -> throw new AmtException(new AmtFailure.AccessDenied(request.what()));
            case 404 ->
                    throw new AmtException(new AmtFailure.Unsupported("WS-Management at /wsman"));
            case 503 -> throw new AmtException(new AmtFailure.Busy(answer.status()));
            default -> {
                // 200, and 400 or 500 with a fault, have an envelope
            }
        }
        if (answer.body().length == 0) {
            throw answer.status() >= 500
                    ? new AmtException(new AmtFailure.Busy(answer.status()))
                    : Envelopes.protocol("HTTP " + answer.status() + " without an envelope");
        }
        Envelopes.Received received = received(answer);
        Optional<Element> fault =
                received.content().filter(element -> element.local().equals("Fault"));
        if (fault.isPresent()) {
            throw new AmtException(Faults.read(fault.get(), request.what()));
        }
        if (answer.status() != 200) {
            throw Envelopes.protocol("HTTP " + answer.status() + " without a fault");
        }
        boolean other = received.relatesTo().filter(relates -> !relates.equals(id)).isPresent();
        if (other && !request.action().isEmpty()) {
            throw Envelopes.protocol("it answers another request");
        }
        return new WsmanResponse(
                received.content(),
                answer.server(),
                envelope,
                new String(answer.body(), StandardCharsets.UTF_8));
    }
}
