package org.outpost.amt.failure;

/**
 * What a method of a class returned. AMT_ and IPS_ classes return a PT_STATUS; CIM_ classes return
 * CIM's own state-change codes, with PT_STATUS added to 32768 (wsman.md section 2.6).
 *
 * @param value the number as it came, unsigned 32 bits
 * @param status what it says in AMT's words; UNKNOWN_ERROR when it is no PT_STATUS
 * @param name the name in the words of the class that returned it
 */
public record ReturnCode(long value, PtStatus status, String name) {
    private static final int VENDOR_BASE = 32768;
    private static final int BUSY = 4099;

    /**
     * Reads a return value.
     *
     * @param className the class whose method returned it
     * @param value the number as it came
     */
    public static ReturnCode of(String className, long value) {
        if (value >= VENDOR_BASE && value < 2L * VENDOR_BASE) {
            PtStatus vendor = PtStatus.valueOf((int) (value - VENDOR_BASE));
            return new ReturnCode(value, vendor, vendor.name());
        }
        PtStatus status =
                value >= 0 && value < VENDOR_BASE
                        ? PtStatus.valueOf((int) value)
                        : new PtStatus(0xFFFF, "UNKNOWN_ERROR");
        return new ReturnCode(
                value, status, className.startsWith("CIM_") ? cim(value, status) : status.name());
    }

    private static String cim(long value, PtStatus status) {
        return switch ((int) value) {
            case 0 -> "COMPLETED_WITH_NO_ERROR";
            case 1 -> "NOT_SUPPORTED";
            case 2 -> "UNKNOWN_ERROR";
            case 3 -> "TIMEOUT";
            case 4 -> "FAILED";
            case 5 -> "INVALID_PARAMETER";
            case 6 -> "IN_USE";
            case 4096 -> "JOB_STARTED";
            case 4097 -> "INVALID_STATE_TRANSITION";
            case 4098 -> "TIMEOUT_PARAMETER_NOT_SUPPORTED";
            case BUSY -> "BUSY";
            default -> status.name();
        };
    }

    /** Whether the method did what was asked. */
    public boolean success() {
        return value == 0 || (value == 4096 && name.equals("JOB_STARTED"));
    }

    /** Whether the same call may succeed in a moment, and was not carried out. */
    public boolean shortage() {
        // CIM's 2 is "unknown error"; only AMT's and a vendor's 2 says "not ready".
        return switch (name) {
            case "NOT_READY", "BUSY", "RNG_GENERATION_IN_PROGRESS", "RNG_NOT_READY" -> true;
            case "CONNECTION_TOO_MANY", "PKI_GENERATING_KEYS" -> true;
            default -> false;
        };
    }

    /** Whether the user at the device has to agree first. */
    public boolean consentRequired() {
        return status.equals(PtStatus.USER_CONSENT_REQUIRED);
    }
}
