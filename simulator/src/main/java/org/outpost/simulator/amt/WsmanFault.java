package org.outpost.simulator.amt;

import org.jspecify.annotations.Nullable;

/** The faults a device answers with HTTP 400 (wsman.md §2.5). */
enum WsmanFault {
    /** The body is no SOAP 1.2 envelope, or no XML that is accepted here. */
    SCHEMA_VALIDATION_ERROR(
            "Sender",
            Wsman.MANAGEMENT,
            "SchemaValidationError",
            null,
            "The supplied SOAP violates the corresponding XML schema definition."),
    VERSION_MISMATCH(
            "VersionMismatch",
            null,
            null,
            null,
            "The envelope is of a version of SOAP that is not supported."),
    MUST_UNDERSTAND(
            "MustUnderstand",
            null,
            null,
            null,
            "A header that must be understood is not supported."),
    MESSAGE_INFORMATION_HEADER_REQUIRED(
            "Sender",
            Wsman.ADDRESSING,
            "MessageInformationHeaderRequired",
            null,
            "A required message information header is not present."),
    INVALID_RESOURCE_URI(
            "Sender",
            Wsman.ADDRESSING,
            "DestinationUnreachable",
            "InvalidResourceURI",
            "No route can be determined to reach the destination role defined by the"
                    + " WS-Addressing To."),
    ENCODING_LIMIT(
            "Sender",
            Wsman.MANAGEMENT,
            "EncodingLimit",
            "MaxEnvelopeSize",
            "An internal encoding limit was exceeded in a request or would be violated if the"
                    + " message were processed.");

    private final String code;
    private final @Nullable String subcodeNamespace;
    private final @Nullable String subcode;
    private final @Nullable String detail;
    private final String reason;

    WsmanFault(
            String code,
            @Nullable String subcodeNamespace,
            @Nullable String subcode,
            @Nullable String detail,
            String reason) {
        this.code = code;
        this.subcodeNamespace = subcodeNamespace;
        this.subcode = subcode;
        this.detail = detail;
        this.reason = reason;
    }

    /** Action of the fault's envelope: WS-Man's own for its own faults. */
    String action() {
        return Wsman.MANAGEMENT.equals(subcodeNamespace)
                ? Wsman.MANAGEMENT_FAULT
                : Wsman.ADDRESSING_FAULT;
    }

    String code() {
        return code;
    }

    @Nullable String subcode() {
        return subcode;
    }

    /** Prefix of the subcode as the device's envelopes declare it. */
    String subcodePrefix() {
        return Wsman.MANAGEMENT.equals(subcodeNamespace) ? "e" : "b";
    }

    /** Last part of the fault detail's address. */
    @Nullable String detail() {
        return detail;
    }

    String reason() {
        return reason;
    }
}
