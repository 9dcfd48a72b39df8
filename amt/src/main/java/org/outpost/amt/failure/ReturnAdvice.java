package org.outpost.amt.failure;

/** What to do about a return value. */
final class ReturnAdvice {
    private ReturnAdvice() {}

    static String of(ReturnCode code) {
        return switch (code.name()) {
            case "NOT_READY", "BUSY" -> "It may be in a state that does not allow this: try again.";
            case "NOT_PERMITTED", "AUTHENTICATION_FAILED" ->
                    "The account lacks the right, or the control mode forbids it.";
            case "MAX_LIMIT_REACHED" -> "There is no room for more: remove one first.";
            case "INVALID_PARAMETER", "INVALID_INDEX", "INVALID_COMMAND" ->
                    "A value is not allowed here: check the request.";
            case "DUPLICATE" -> "It is there already.";
            case "NOT_FOUND", "INVALID_HANDLE" -> "There is no such thing: list them first.";
            case "UNSUPPORTED", "NOT_SUPPORTED", "UNSUPPORTED_OBJECT", "UNSUPPORTED_BOOT_OPTION" ->
                    "This device cannot do it: read its capabilities.";
            case "INVALID_STATE_TRANSITION", "INVALID_PT_MODE", "INVALID_PROVISIONING_STATE" ->
                    "The device's present state does not allow it: read its state first.";
            case "EVENTLOG_FROZEN" -> "The event log is frozen: unfreeze it first.";
            case "DISABLED_BY_POLICY" -> "A policy of the device has switched it off.";
            case "AUDIT_FAIL" -> "The audit log is full or locked: export and clear it first.";
            case "FLASH_WRITE_LIMIT_EXCEEDED" ->
                    "The flash memory must rest: change less often, and try again later.";
            case "INVALID_REALM" -> "One of the realms is unknown to this AMT version.";
            case "INVALID_CERT", "INVALID_KEY", "CERT_KEY_NOT_MATCH" ->
                    "The certificate or key is not usable: check its format and that both belong"
                            + " together.";
            case "INVALID_PASSPHRASE", "INVALID_PASSWORD" ->
                    "The password does not meet AMT's rules.";
            case "STORAGE_ACL_ENTRY_IN_USE", "BLOCKING_COMPONENT", "IN_USE" ->
                    "It is in use: free it first.";
            default -> "See PT_STATUS in the AMT guide.";
        };
    }
}
