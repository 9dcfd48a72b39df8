package org.outpost.server.web.amt;

import static org.outpost.server.web.amt.Checks.checked;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.traffic.LastKnown;
import org.outpost.amt.traffic.TrafficOfficer;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.server.web.Answers;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/** How the server gets into AMT of a device, and what it knows from there. */
@RestController
@RequestMapping("/api/v1/devices/{guid}")
final class DeviceAmtController {
    private static final int LONGEST_USER = 16;
    private static final int LONGEST_PASSWORD = 32;

    private final AmtDevices devices;
    private final AmtLogins logins;
    private final AmtCertificates certificates;
    private final Predicate<UUID> known;

    /**
     * Makes the controller.
     *
     * @param known whether anything is known of a device
     */
    DeviceAmtController(
            AmtDevices devices,
            AmtLogins logins,
            AmtCertificates certificates,
            Predicate<UUID> known) {
        this.devices = devices;
        this.logins = logins;
        this.certificates = certificates;
        this.known = known;
    }

    /** A login; the password is never shown again. */
    record Login(@Nullable String username, @Nullable String password) {
        @Override
        public String toString() {
            return "Login";
        }
    }

    /** Whether there is a login, as whom, and whether it is this device's own. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Present(boolean present, @Nullable String username, @Nullable Boolean own) {}

    /** Something that was read some time ago. */
    record Fact(Instant readAt, double ageSeconds, Object value) {}

    @PutMapping("/amt-login")
    @Needs(value = Verb.ADMIN, over = Needs.Over.DEVICE)
    Present setAmtLogin(@PathVariable String guid, @RequestBody Login login) {
        UUID device = device(guid);
        new Checks()
                .text(login.username(), "username", LONGEST_USER)
                .text(login.password(), "password", LONGEST_PASSWORD)
                .done();
        String user = checked(login.username());
        Answers.await(logins.put(device, user, checked(login.password())).thenApply(done -> true));
        devices.startAnew(device);
        return new Present(true, user, true);
    }

    @GetMapping("/amt-login")
    @Needs(value = Verb.ADMIN, over = Needs.Over.DEVICE)
    Present amtLogin(@PathVariable String guid) {
        return Answers.await(logins.owner(device(guid)))
                .map(owner -> new Present(true, owner.user(), owner.own()))
                .orElseGet(() -> new Present(false, null, null));
    }

    @DeleteMapping("/amt-login")
    @Needs(value = Verb.ADMIN, over = Needs.Over.DEVICE)
    ResponseEntity<Void> removeAmtLogin(@PathVariable String guid) {
        UUID device = device(guid);
        if (!Answers.await(logins.remove(device))) {
            throw Answers.problem(HttpStatus.NOT_FOUND, "This device has no login of its own.");
        }
        devices.startAnew(device);
        return ResponseEntity.noContent().build();
    }

    /** The TLS certificate with which the device was first seen. */
    @GetMapping("/amt-certificate")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    AmtCertificates.Seen amtCertificate(@PathVariable String guid) {
        return Answers.await(certificates.find(device(guid)))
                .orElseThrow(DeviceAmtController::noCertificate);
    }

    /** Forgets it, so that the next one the device shows counts. */
    @DeleteMapping("/amt-certificate")
    @Needs(value = Verb.ADMIN, over = Needs.Over.DEVICE)
    ResponseEntity<Void> forgetAmtCertificate(@PathVariable String guid) {
        UUID device = device(guid);
        if (!Answers.await(certificates.forget(device))) {
            throw noCertificate();
        }
        devices.startAnew(device);
        return ResponseEntity.noContent().build();
    }

    private static RuntimeException noCertificate() {
        return Answers.problem(
                HttpStatus.NOT_FOUND, "AMT of this device was not yet seen with a certificate.");
    }

    /** What was last read of the device, connected or not; what was never read is left out. */
    @GetMapping("/facts")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Map<String, Fact> deviceFacts(@PathVariable String guid) {
        UUID device = device(guid);
        Map<String, Fact> facts = new LinkedHashMap<>();
        devices.present(device)
                .ifPresent(
                        officer -> {
                            add(facts, officer, "power", PowerController::state);
                            add(facts, officer, "features", FeaturesController::read);
                            add(facts, officer, "version", GeneralController::version);
                            add(facts, officer, "generalSettings", GeneralController::general);
                            add(facts, officer, "hardware", HardwareController::hardware);
                            add(facts, officer, "network", NetworkController::ports);
                        });
        return facts;
    }

    private static <T> void add(
            Map<String, Fact> facts,
            TrafficOfficer officer,
            String name,
            Function<AmtCalls, CompletionStage<T>> operation) {
        Answers.await(officer.lastKnown(operation))
                .ifPresent(known -> facts.put(name, fact(known)));
    }

    private static <T> Fact fact(LastKnown<T> known) {
        Duration age = Duration.between(known.readAt(), Instant.now());
        return new Fact(known.readAt(), age.toMillis() / 1000.0, known.value());
    }

    private UUID device(String guid) {
        UUID device = Answers.uuid("guid", guid);
        if (!known.test(device)) {
            throw Answers.noDevice();
        }
        return device;
    }
}
