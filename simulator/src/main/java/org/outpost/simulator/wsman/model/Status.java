package org.outpost.simulator.wsman.model;

/** Status codes of AMT (PT_STATUS) as methods return them (wsman.md §2.6). */
public enum Status {
    SUCCESS(0),
    INTERNAL_ERROR(1),
    NOT_READY(2),
    INVALID_MODE(3),
    NOT_PERMITTED(0x10),
    MAX_LIMIT_REACHED(0x17),
    INVALID_PROVISIONING_STATE(0x20),
    INVALID_TIME(0x22),
    INVALID_INDEX(0x23),
    INVALID_PARAMETER(0x24),
    FLASH_WRITE_LIMIT_EXCEEDED(0x26),
    UNSUPPORTED_BOOT_OPTION(0x802),
    INVALID_HANDLE(0x805),
    INVALID_PASSWORD(0x806),
    INVALID_REALM(0x807),
    ENTRY_IN_USE(0x808),
    DATA_MISSING(0x809),
    DUPLICATE(0x80A),
    EVENT_LOG_FROZEN(0x80B),
    INVALID_KEY(0x80E),
    INVALID_CERT(0x80F),
    CERT_KEY_NOT_MATCH(0x810),
    UNSUPPORTED(0x812),
    NOT_FOUND(0x814),
    BLOCKING_COMPONENT(0x81C),
    USER_CONSENT_REQUIRED(0x821);

    private final int code;

    Status(int code) {
        this.code = code;
    }

    /** The number. */
    public int code() {
        return code;
    }
}
