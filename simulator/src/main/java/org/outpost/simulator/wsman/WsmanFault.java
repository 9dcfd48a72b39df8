package org.outpost.simulator.wsman;

import org.jspecify.annotations.Nullable;

/** The faults a device answers with HTTP 400 (wsman.md §2.5). */
public enum WsmanFault {
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
    /** No such class on this device. */
    INVALID_RESOURCE_URI(
            "Sender",
            Wsman.ADDRESSING,
            "DestinationUnreachable",
            "InvalidResourceURI",
            "No route can be determined to reach the destination role defined by the"
                    + " WS-Addressing To."),
    /** The class does not have that operation or method. */
    ACTION_NOT_SUPPORTED(
            "Sender",
            Wsman.ADDRESSING,
            "ActionNotSupported",
            null,
            "The action is not supported by the service."),
    /** No instance, or more than one, has these keys. */
    INVALID_SELECTORS(
            "Sender",
            Wsman.MANAGEMENT,
            "InvalidSelectors",
            null,
            "The selectors for the resource are not valid."),
    /** The user is known, but may not. */
    ACCESS_DENIED(
            "Sender",
            Wsman.MANAGEMENT,
            "AccessDenied",
            null,
            "The sender was not authorized to access the resource."),
    /** Something inside failed; the detail holds a status. */
    INTERNAL_ERROR(
            "Receiver",
            Wsman.MANAGEMENT,
            "InternalError",
            null,
            "The service cannot comply with the request due to internal processing errors."),
    /** No room for one more. */
    QUOTA_LIMIT(
            "Sender",
            Wsman.MANAGEMENT,
            "QuotaLimit",
            null,
            "The service is busy servicing other requests."),
    ALREADY_EXISTS(
            "Sender",
            Wsman.MANAGEMENT,
            "AlreadyExists",
            null,
            "The sender attempted to create a resource which already exists."),
    UNSUPPORTED_FEATURE(
            "Sender",
            Wsman.MANAGEMENT,
            "UnsupportedFeature",
            null,
            "The specified feature is not supported."),
    /** The context is unknown, used, or too old. */
    INVALID_ENUMERATION_CONTEXT(
            "Receiver",
            Wsman.ENUMERATION,
            "InvalidEnumerationContext",
            null,
            "The supplied enumeration context is invalid."),
    FILTER_NOT_SUPPORTED(
            "Sender",
            Wsman.ENUMERATION,
            "FilterDialectRequestedUnavailable",
            null,
            "The requested filtering dialect is not supported."),
    DELIVERY_MODE_UNAVAILABLE(
            "Sender",
            Wsman.EVENTING,
            "DeliveryModeRequestedUnavailable",
            null,
            "The requested delivery mode is not supported."),
    INVALID_REPRESENTATION(
            "Sender",
            Wsman.TRANSFER,
            "InvalidRepresentation",
            null,
            "The XML content was invalid."),
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
        if (subcodeNamespace == null || subcodeNamespace.equals(Wsman.ADDRESSING)) {
            return Wsman.ADDRESSING_FAULT;
        }
        return subcodeNamespace.equals(Wsman.MANAGEMENT)
                ? Wsman.MANAGEMENT_FAULT
                : subcodeNamespace + "/fault";
    }

    String code() {
        return code;
    }

    @Nullable String subcode() {
        return subcode;
    }

    /** Namespace of the subcode. */
    @Nullable String subcodeNamespace() {
        return subcodeNamespace;
    }

    /** Last part of the fault detail's address. */
    @Nullable String detail() {
        return detail;
    }

    String reason() {
        return reason;
    }
}
