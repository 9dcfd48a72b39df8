package org.outpost.amt.wsman;

import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.failure.PtStatus;
import org.outpost.amt.xml.Element;

import java.util.Optional;

/** Reads SOAP faults as failures (wsman.md section 2.5). */
final class Faults {
    private static final String STATUS = "AMT-STATUS";

    private Faults() {}

    static AmtFailure read(Element fault, String what) {
        String subcode =
                fault.child("Code")
                        .flatMap(code -> code.child("Subcode"))
                        .flatMap(code -> code.text("Value"))
                        .map(Faults::local)
                        .orElse("");
        String reason = fault.child("Reason").flatMap(reasons -> reasons.text("Text")).orElse("");
        Optional<PtStatus> status = fault.child("Detail").flatMap(Faults::status);
        if (status.filter(PtStatus.USER_CONSENT_REQUIRED::equals).isPresent()) {
            return new AmtFailure.UserConsentRequired(what);
        }
        return switch (subcode) {
            case "DestinationUnreachable", "ActionNotSupported", "UnsupportedFeature" ->
                    new AmtFailure.Unsupported(what);
            case "AccessDenied" -> new AmtFailure.AccessDenied(what);
            default -> new AmtFailure.WsmanFault(subcode, reason, status, what);
        };
    }

    private static String local(String name) {
        return name.substring(name.indexOf(':') + 1).strip();
    }

    /** The number behind AMT-STATUS, wherever in the detail it stands. */
    private static Optional<PtStatus> status(Element detail) {
        int at = detail.text().indexOf(STATUS);
        if (at >= 0) {
            String digits = detail.text().substring(at + STATUS.length()).replace(':', ' ').strip();
            int end = 0;
            while (end < digits.length() && end < 5 && Character.isDigit(digits.charAt(end))) {
                end++;
            }
            return end == 0
                    ? Optional.empty()
                    : Optional.of(PtStatus.valueOf(Integer.parseInt(digits.substring(0, end))));
        }
        for (Element child : detail.children()) {
            Optional<PtStatus> found = status(child);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
