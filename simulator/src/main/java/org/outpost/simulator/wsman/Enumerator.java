package org.outpost.simulator.wsman;

import io.netty.buffer.ByteBuf;

import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.wsman.EnumerationContexts.Rest;
import org.outpost.simulator.wsman.Responses.Mode;

import java.time.Instant;
import java.util.List;

/** Enumerate, Pull and Release (simulator.md §3). */
final class Enumerator {
    private static final int LARGEST_PULL = 1000;

    private final Firmware firmware;
    private final Catalog catalog;
    private final Responses responses;
    private final EngineLimits limits;
    private final EnumerationContexts contexts = new EnumerationContexts();

    Enumerator(Firmware firmware, Catalog catalog, Responses responses, EngineLimits limits) {
        this.firmware = firmware;
        this.catalog = catalog;
        this.responses = responses;
        this.limits = limits;
    }

    ByteBuf enumerate(WsmanRequest request, CimClass type) throws FaultException {
        XmlElement body = body(request, "Enumerate");
        Mode mode =
                switch (body.childText("EnumerationMode")) {
                    case "" -> Mode.OBJECTS;
                    case "EnumerateEPR" -> Mode.REFERENCES;
                    case "EnumerateObjectAndEPR" -> Mode.BOTH;
                    default -> throw new FaultException(WsmanFault.UNSUPPORTED_FEATURE);
                };
        if (limits.outOfContexts().getAsBoolean()) {
            throw new FaultException(WsmanFault.QUOTA_LIMIT);
        }
        List<EnumeratedItem> items = catalog.filter(type, body.child("Filter"), firmware);
        return responses.enumeration(request, contexts.open(items, mode, type.name(), now()));
    }

    ByteBuf pull(WsmanRequest request) throws FaultException {
        XmlElement body = body(request, "Pull");
        int most = 1; // what WS-Enumeration says when nothing is said
        if (body.child("MaxElements").isPresent()) {
            most =
                    (int)
                            Arguments.number(
                                    "MaxElements",
                                    body.childText("MaxElements"),
                                    1,
                                    Integer.MAX_VALUE);
        }
        most = Math.min(most, LARGEST_PULL);
        Rest rest =
                contexts.take(body.childText("EnumerationContext"), now())
                        .filter(taken -> sameClass(request, taken))
                        .orElseThrow(
                                () -> new FaultException(WsmanFault.INVALID_ENUMERATION_CONTEXT));
        List<EnumeratedItem> items = rest.items();
        if (items.size() <= most) {
            return responses.items(request, null, items, rest.mode());
        }
        List<EnumeratedItem> later = items.subList(most, items.size());
        String next = contexts.open(later, rest.mode(), rest.className(), now());
        return responses.items(request, next, items.subList(0, most), rest.mode());
    }

    private boolean sameClass(WsmanRequest request, Rest rest) {
        String uri = request.resourceUri();
        return uri != null && uri.endsWith('/' + rest.className());
    }

    ByteBuf release(WsmanRequest request) throws FaultException {
        String context = body(request, "Release").childText("EnumerationContext");
        if (contexts.take(context, now()).isEmpty()) {
            throw new FaultException(WsmanFault.INVALID_ENUMERATION_CONTEXT);
        }
        return responses.empty(request);
    }

    private static XmlElement body(WsmanRequest request, String name) throws FaultException {
        XmlElement body = request.body();
        if (body == null || !body.name().equals(name)) {
            throw new FaultException(WsmanFault.SCHEMA_VALIDATION_ERROR, name);
        }
        return body;
    }

    private Instant now() {
        return firmware.now();
    }
}
