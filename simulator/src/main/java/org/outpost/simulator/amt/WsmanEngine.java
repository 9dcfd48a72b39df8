package org.outpost.simulator.amt;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import javax.xml.namespace.QName;

/**
 * WS-Management of a device: answers Identify; every class of resources is unknown to it, which it
 * says as AMT does (wsman.md §2.4, §2.5). Safe for use by several threads.
 */
final class WsmanEngine {
    /**
     * An answer.
     *
     * @param status HTTP status
     * @param envelope the envelope's bytes, in unpooled memory
     */
    record Reply(int status, ByteBuf envelope) {}

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final QName IDENTIFY = new QName(Wsman.IDENTITY, "Identify");

    private final String generation;
    private final AtomicLong messages = new AtomicLong();

    /**
     * The engine of one device.
     *
     * @param generation major and minor version
     */
    WsmanEngine(String generation) {
        this.generation = generation;
    }

    Reply handle(ByteBuf body) {
        WsmanRequest request;
        try {
            request = WsmanParser.parse(body);
        } catch (WsmanFormatException e) {
            return fault(e.fault(), null);
        }
        if (request.notUnderstood() != null) {
            return fault(WsmanFault.MUST_UNDERSTAND, request.messageId());
        }
        if (IDENTIFY.equals(request.operation())) {
            return new Reply(OK, EnvelopeWriter.identifyResponse("AMT " + generation));
        }
        if (isBlank(request.action()) || isBlank(request.messageId())) {
            return fault(WsmanFault.MESSAGE_INFORMATION_HEADER_REQUIRED, request.messageId());
        }
        if (request.maxEnvelopeSize().orElse(Long.MAX_VALUE) < Wsman.SMALLEST_ENVELOPE) {
            return fault(WsmanFault.ENCODING_LIMIT, request.messageId());
        }
        return fault(WsmanFault.INVALID_RESOURCE_URI, request.messageId());
    }

    private Reply fault(WsmanFault fault, @Nullable String relatesTo) {
        String messageId =
                String.format(
                        Locale.ROOT,
                        "uuid:00000000-8086-8086-8086-%012x",
                        messages.incrementAndGet());
        return new Reply(
                BAD_REQUEST,
                EnvelopeWriter.fault(fault, messageId, Objects.requireNonNullElse(relatesTo, "")));
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
