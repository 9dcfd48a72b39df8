package org.outpost.server.web.amt;

import static org.outpost.server.web.amt.Checks.checked;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.consent.ConsentService;
import org.outpost.server.web.security.Needs;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The consent of the user at the device. */
@RestController
@RequestMapping("/api/v1/amt/userConsentCode")
final class ConsentController {
    private final AmtRequests devices;

    ConsentController(AmtRequests devices) {
        this.devices = devices;
    }

    private static final int DIGITS = 6;

    /** What the user reads from the screen: a number, or a text with leading zeros. */
    record Code(@Nullable String consentCode) {
        @Override
        public String toString() {
            return "Code";
        }
    }

    /** Shows a code on the device's screen. */
    @GetMapping("/{guid}")
    @Needs(value = Verb.REDIRECT, over = Needs.Over.DEVICE)
    Returned requestConsent(@PathVariable String guid) {
        devices.ask(guid, calls -> new ConsentService(calls).start());
        return Returned.SUCCESS;
    }

    @PostMapping("/{guid}")
    @Needs(value = Verb.REDIRECT, over = Needs.Over.DEVICE)
    Returned sendConsent(@PathVariable String guid, @RequestBody Code code) {
        String digits = code.consentCode();
        new Checks()
                .that(
                        digits != null
                                && !digits.isEmpty()
                                && digits.length() <= DIGITS
                                && digits.chars().allMatch(c -> c >= '0' && c <= '9'),
                        "consentCode",
                        Checks.INVALID)
                .done();
        int number = Integer.parseInt(checked(digits));
        devices.ask(guid, calls -> new ConsentService(calls).send(number));
        return Returned.SUCCESS;
    }

    @GetMapping("/cancel/{guid}")
    @Needs(value = Verb.REDIRECT, over = Needs.Over.DEVICE)
    Returned cancelConsent(@PathVariable String guid) {
        devices.ask(guid, calls -> new ConsentService(calls).cancel());
        return Returned.SUCCESS;
    }
}
