package org.outpost.amt.failure;

import java.util.HashMap;
import java.util.Map;

/**
 * A PT_STATUS code of Intel AMT (wsman.md section 2.6). Codes that are not in the table are kept:
 * their name is {@code UNKNOWN_ERROR}, and their number says the rest.
 *
 * @param code the number, 0 to 65535
 * @param name the guide's name without its prefix
 */
public record PtStatus(int code, String name) {
    private static final Map<Integer, PtStatus> KNOWN = new HashMap<>();

    public static final PtStatus SUCCESS = known(0, "SUCCESS");
    public static final PtStatus INTERNAL_ERROR = known(1, "INTERNAL_ERROR");
    public static final PtStatus NOT_READY = known(2, "NOT_READY");
    public static final PtStatus INVALID_PT_MODE = known(3, "INVALID_PT_MODE");
    public static final PtStatus INVALID_MESSAGE_LENGTH = known(4, "INVALID_MESSAGE_LENGTH");
    public static final PtStatus TABLE_FINGERPRINT_NOT_AVAILABLE =
            known(5, "TABLE_FINGERPRINT_NOT_AVAILABLE");
    public static final PtStatus INTEGRITY_CHECK_FAILED = known(6, "INTEGRITY_CHECK_FAILED");
    public static final PtStatus NOT_PERMITTED = known(0x10, "NOT_PERMITTED");
    public static final PtStatus NOT_OWNER = known(0x11, "NOT_OWNER");
    public static final PtStatus MAX_LIMIT_REACHED = known(0x17, "MAX_LIMIT_REACHED");
    public static final PtStatus INVALID_AUTH_TYPE = known(0x18, "INVALID_AUTH_TYPE");
    public static final PtStatus AUTHENTICATION_FAILED = known(0x19, "AUTHENTICATION_FAILED");
    public static final PtStatus INVALID_DHCP_MODE = known(0x1A, "INVALID_DHCP_MODE");
    public static final PtStatus INVALID_IP_ADDRESS = known(0x1B, "INVALID_IP_ADDRESS");
    public static final PtStatus INVALID_DOMAIN_NAME = known(0x1C, "INVALID_DOMAIN_NAME");
    public static final PtStatus UNSUPPORTED_VERSION = known(0x1D, "UNSUPPORTED_VERSION");
    public static final PtStatus REQUEST_UNEXPECTED = known(0x1E, "REQUEST_UNEXPECTED");
    public static final PtStatus INVALID_PROVISIONING_STATE =
            known(0x20, "INVALID_PROVISIONING_STATE");
    public static final PtStatus UNSUPPORTED_OBJECT = known(0x21, "UNSUPPORTED_OBJECT");
    public static final PtStatus INVALID_TIME = known(0x22, "INVALID_TIME");
    public static final PtStatus INVALID_INDEX = known(0x23, "INVALID_INDEX");
    public static final PtStatus INVALID_PARAMETER = known(0x24, "INVALID_PARAMETER");
    public static final PtStatus INVALID_NETMASK = known(0x25, "INVALID_NETMASK");
    public static final PtStatus FLASH_WRITE_LIMIT_EXCEEDED =
            known(0x26, "FLASH_WRITE_LIMIT_EXCEEDED");
    public static final PtStatus INVALID_PID_FORMAT = known(0x2A, "INVALID_PID_FORMAT");
    public static final PtStatus INVALID_PPS_FORMAT = known(0x2B, "INVALID_PPS_FORMAT");
    public static final PtStatus CONNECTION_FAILED = known(0x2D, "CONNECTION_FAILED");
    public static final PtStatus CONNECTION_TOO_MANY = known(0x2E, "CONNECTION_TOO_MANY");
    public static final PtStatus RNG_GENERATION_IN_PROGRESS =
            known(0x2F, "RNG_GENERATION_IN_PROGRESS");
    public static final PtStatus RNG_NOT_READY = known(0x30, "RNG_NOT_READY");
    public static final PtStatus CERTIFICATE_NOT_READY = known(0x31, "CERTIFICATE_NOT_READY");
    public static final PtStatus DISABLED_BY_POLICY = known(0x400, "DISABLED_BY_POLICY");
    public static final PtStatus NETWORK_IF_ERROR_BASE = known(0x800, "NETWORK_IF_ERROR_BASE");
    public static final PtStatus UNSUPPORTED_OEM_NUMBER = known(0x801, "UNSUPPORTED_OEM_NUMBER");
    public static final PtStatus UNSUPPORTED_BOOT_OPTION = known(0x802, "UNSUPPORTED_BOOT_OPTION");
    public static final PtStatus INVALID_COMMAND = known(0x803, "INVALID_COMMAND");
    public static final PtStatus INVALID_SPECIAL_COMMAND = known(0x804, "INVALID_SPECIAL_COMMAND");
    public static final PtStatus INVALID_HANDLE = known(0x805, "INVALID_HANDLE");
    public static final PtStatus INVALID_PASSWORD = known(0x806, "INVALID_PASSWORD");
    public static final PtStatus INVALID_REALM = known(0x807, "INVALID_REALM");
    public static final PtStatus STORAGE_ACL_ENTRY_IN_USE =
            known(0x808, "STORAGE_ACL_ENTRY_IN_USE");
    public static final PtStatus DATA_MISSING = known(0x809, "DATA_MISSING");
    public static final PtStatus DUPLICATE = known(0x80A, "DUPLICATE");
    public static final PtStatus EVENTLOG_FROZEN = known(0x80B, "EVENTLOG_FROZEN");
    public static final PtStatus PKI_MISSING_KEYS = known(0x80C, "PKI_MISSING_KEYS");
    public static final PtStatus PKI_GENERATING_KEYS = known(0x80D, "PKI_GENERATING_KEYS");
    public static final PtStatus INVALID_KEY = known(0x80E, "INVALID_KEY");
    public static final PtStatus INVALID_CERT = known(0x80F, "INVALID_CERT");
    public static final PtStatus CERT_KEY_NOT_MATCH = known(0x810, "CERT_KEY_NOT_MATCH");
    public static final PtStatus MAX_KERB_DOMAIN_REACHED = known(0x811, "MAX_KERB_DOMAIN_REACHED");
    public static final PtStatus UNSUPPORTED = known(0x812, "UNSUPPORTED");
    public static final PtStatus INVALID_PRIORITY = known(0x813, "INVALID_PRIORITY");
    public static final PtStatus NOT_FOUND = known(0x814, "NOT_FOUND");
    public static final PtStatus INVALID_CREDENTIALS = known(0x815, "INVALID_CREDENTIALS");
    public static final PtStatus INVALID_PASSPHRASE = known(0x816, "INVALID_PASSPHRASE");
    public static final PtStatus NO_ASSOCIATION = known(0x818, "NO_ASSOCIATION");
    public static final PtStatus AUDIT_FAIL = known(0x81B, "AUDIT_FAIL");
    public static final PtStatus BLOCKING_COMPONENT = known(0x81C, "BLOCKING_COMPONENT");
    public static final PtStatus USER_CONSENT_REQUIRED = known(0x821, "USER_CONSENT_REQUIRED");

    private static PtStatus known(int code, String name) {
        PtStatus status = new PtStatus(code, name);
        KNOWN.put(code, status);
        return status;
    }

    /**
     * The status with this number, known or not.
     *
     * @param code the number, 0 to 65535
     */
    public static PtStatus valueOf(int code) {
        PtStatus known = KNOWN.get(code);
        return known == null ? new PtStatus(code, "UNKNOWN_ERROR") : known;
    }

    /** Whether the guide names this code. */
    public boolean isKnown() {
        return KNOWN.containsKey(code);
    }

    @Override
    public String toString() {
        return name + " (" + code + ')';
    }
}
