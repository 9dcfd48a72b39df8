package org.outpost.simulator.wsman;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.account.Account;
import org.outpost.simulator.account.Realm;
import org.outpost.simulator.firmware.Firmware;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import javax.xml.namespace.QName;

/**
 * WS-Management of one device (simulator.md §3): reads an envelope, checks who asks for what, and
 * lets the class answer. To be used on the device's event loop only.
 */
public final class WsmanEngine {
    /**
     * An answer.
     *
     * @param status HTTP status
     * @param envelope the envelope's bytes, in unpooled memory
     */
    public record Reply(int status, ByteBuf envelope) {}

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final QName IDENTIFY = new QName(Wsman.IDENTITY, "Identify");

    private final Firmware firmware;
    private final Catalog catalog;
    private final Responses responses = new Responses();
    private final Enumerator enumerator;

    /**
     * The engine of one device.
     *
     * @param catalog the classes of the model
     * @param limits what the device may run out of
     */
    public WsmanEngine(Firmware firmware, Catalog catalog, EngineLimits limits) {
        this.firmware = firmware;
        this.catalog = catalog;
        this.enumerator = new Enumerator(firmware, catalog, responses, limits);
    }

    /**
     * Answers a request.
     *
     * @param body the envelope, which stays the caller's and is read before this returns
     * @param account who is signed in
     * @param address from where; empty when from nowhere
     * @return done on the device's event loop; never fails
     */
    public CompletionStage<Reply> handle(ByteBuf body, Account account, String address) {
        WsmanRequest request;
        try {
            request = WsmanParser.parse(body);
        } catch (FaultException e) {
            return CompletableFuture.completedFuture(fault(e, null));
        }
        try {
            return dispatch(request, new Call(firmware, account, address, catalog))
                    .exceptionally(failure -> unexpected(failure, request));
        } catch (FaultException e) {
            return CompletableFuture.completedFuture(fault(e, request.messageId()));
        }
    }

    private Reply unexpected(Throwable failure, WsmanRequest request) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return fault(
                cause instanceof FaultException known
                        ? known
                        : new FaultException(WsmanFault.INTERNAL_ERROR, "AMT-STATUS 1"),
                request.messageId());
    }

    private CompletionStage<Reply> dispatch(WsmanRequest request, Call call) throws FaultException {
        if (request.notUnderstood() != null) {
            throw new FaultException(WsmanFault.MUST_UNDERSTAND);
        }
        XmlElement body = request.body();
        if (body != null && IDENTIFY.equals(new QName(body.namespace(), body.name()))) {
            return done(Responses.identify("AMT " + firmware.profile().generation().label()));
        }
        String action = request.action();
        if (action == null || action.isBlank() || isBlank(request.messageId())) {
            throw new FaultException(WsmanFault.MESSAGE_INFORMATION_HEADER_REQUIRED);
        }
        if (request.maxEnvelopeSize().orElse(Long.MAX_VALUE) < Wsman.SMALLEST_ENVELOPE) {
            throw new FaultException(WsmanFault.ENCODING_LIMIT);
        }
        String uri = request.resourceUri();
        if (uri == null || uri.isBlank()) {
            throw new FaultException(WsmanFault.INVALID_RESOURCE_URI);
        }
        CimClass type = catalog.find(uri, firmware);
        return switch (action) {
            case Wsman.TRANSFER + "/Get" -> {
                check(call, type.readers());
                yield done(responses.instance(request, catalog.one(type, request, firmware)));
            }
            case Wsman.TRANSFER + "/Put" -> put(request, type, call);
            case Wsman.TRANSFER + "/Create" -> create(request, type, call);
            case Wsman.TRANSFER + "/Delete" -> delete(request, type, call);
            case Wsman.ENUMERATION + "/Enumerate" -> {
                check(call, type.readers());
                yield done(enumerator.enumerate(request, type));
            }
            case Wsman.ENUMERATION + "/Pull" -> {
                check(call, type.readers());
                yield done(enumerator.pull(request));
            }
            case Wsman.ENUMERATION + "/Release" -> {
                check(call, type.readers());
                yield done(enumerator.release(request));
            }
            case Wsman.EVENTING + "/Subscribe" -> subscribe(request, type, call);
            case Wsman.EVENTING + "/Unsubscribe" -> unsubscribe(request, type, call);
            default -> invoke(request, action, type, call);
        };
    }

    private CompletionStage<Reply> put(WsmanRequest request, CimClass type, Call call)
            throws FaultException {
        check(call, type.writers());
        if (!type.canPut()) {
            throw new FaultException(WsmanFault.ACTION_NOT_SUPPORTED);
        }
        XmlElement given = bodyOf(request, type);
        Arguments arguments = new Arguments(catalog.one(type, request, firmware), given);
        return done(responses.instance(request, type.put(call, arguments)));
    }

    private CompletionStage<Reply> create(WsmanRequest request, CimClass type, Call call)
            throws FaultException {
        check(call, type.writers());
        CimClass.Creation creation = type.creation();
        if (creation == null) {
            throw new FaultException(WsmanFault.ACTION_NOT_SUPPORTED);
        }
        return done(responses.created(request, type.create(call, creation, bodyOf(request, type))));
    }

    private CompletionStage<Reply> delete(WsmanRequest request, CimClass type, Call call)
            throws FaultException {
        check(call, type.writers());
        if (!type.canDelete()) {
            throw new FaultException(WsmanFault.ACTION_NOT_SUPPORTED);
        }
        type.delete(call, catalog.one(type, request, firmware));
        return done(responses.empty(request));
    }

    private CompletionStage<Reply> subscribe(WsmanRequest request, CimClass type, Call call)
            throws FaultException {
        check(call, type.writers());
        CimClass.Subscribing subscribing = type.subscribing();
        if (subscribing == null) {
            throw new FaultException(WsmanFault.ACTION_NOT_SUPPORTED);
        }
        return done(
                responses.subscribed(
                        request,
                        subscribing.subscribe(
                                call,
                                catalog.one(type, request, firmware),
                                SubscriptionReader.read(request))));
    }

    private CompletionStage<Reply> unsubscribe(WsmanRequest request, CimClass type, Call call)
            throws FaultException {
        check(call, type.writers());
        if (!type.canUnsubscribe()) {
            throw new FaultException(WsmanFault.ACTION_NOT_SUPPORTED);
        }
        type.delete(call, catalog.one(type, request, firmware));
        return done(responses.empty(request));
    }

    private CompletionStage<Reply> invoke(
            WsmanRequest request, String action, CimClass type, Call call) throws FaultException {
        String prefix = type.uri() + '/';
        String name = action.startsWith(prefix) ? action.substring(prefix.length()) : "";
        CimClass.GuardedMethod method = type.method(name);
        if (method == null) {
            throw new FaultException(WsmanFault.ACTION_NOT_SUPPORTED);
        }
        check(call, method.realms());
        XmlElement input = request.body();
        if (input == null || !input.name().equals(name + "_INPUT")) {
            throw new FaultException(WsmanFault.SCHEMA_VALIDATION_ERROR, name + "_INPUT");
        }
        Arguments arguments = new Arguments(catalog.one(type, request, firmware), input);
        return method.body()
                .invoke(call, arguments)
                .thenApplyAsync(
                        output ->
                                new Reply(OK, responses.output(request, type.name(), name, output)),
                        firmware.loop());
    }

    private static XmlElement bodyOf(WsmanRequest request, CimClass type) throws FaultException {
        XmlElement body = request.body();
        if (body == null || !body.name().equals(type.name())) {
            throw new FaultException(WsmanFault.INVALID_REPRESENTATION, type.name());
        }
        return body;
    }

    private static void check(Call call, Set<Realm> realms) throws FaultException {
        if (!call.account().allows(realms)) {
            throw new FaultException(WsmanFault.ACCESS_DENIED);
        }
    }

    private static CompletionStage<Reply> done(ByteBuf envelope) {
        return CompletableFuture.completedFuture(new Reply(OK, envelope));
    }

    private Reply fault(FaultException fault, @Nullable String relatesTo) {
        return new Reply(BAD_REQUEST, responses.fault(fault.fault(), fault.detail(), relatesTo));
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
