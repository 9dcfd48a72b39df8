package org.outpost.server.web.amt;

import static org.outpost.server.web.amt.Checks.checked;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.boot.BootService;
import org.outpost.amt.operation.wifi.Ieee8021x;
import org.outpost.amt.operation.wifi.NewWifiProfile;
import org.outpost.amt.operation.wifi.WifiProfile;
import org.outpost.amt.operation.wifi.WifiService;
import org.outpost.amt.operation.wifi.WifiState;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.xml.Element;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** Wi-Fi of AMT. */
@RestController
@RequestMapping("/api/v1/amt/networkSettings/wireless")
final class WifiController {
    private final AmtRequests devices;

    WifiController(AmtRequests devices) {
        this.devices = devices;
    }

    private static final int LOCAL_SYNC = 3;
    private static final int MOST_PROFILES = 8;

    /** When the management engine uses Wi-Fi. */
    record State(@Nullable String state) {}

    /** Whether profiles of the host become profiles of AMT, and those of AMT the firmware's. */
    record Sync(
            @Nullable Boolean localProfileSync,
            @Nullable Boolean uefiProfileSync,
            @Nullable Boolean uefiProfileSyncSupported) {}

    /** A Wi-Fi network that AMT knows; its secrets never come out. */
    record Profile(
            String profileName,
            String ssid,
            String authenticationMethod,
            String encryptionMethod,
            int priority) {
        static Profile of(WifiProfile read) {
            return new Profile(
                    read.name(),
                    read.ssid(),
                    NetworkNames.authentication(read.authentication()),
                    NetworkNames.encryption(read.encryption()),
                    read.priority().orElse(0));
        }
    }

    /** A Wi-Fi network to be known. */
    record Wanted(
            @Nullable String profileName,
            @Nullable String ssid,
            @Nullable Integer priority,
            @Nullable String authenticationMethod,
            @Nullable String encryptionMethod,
            @Nullable String password,
            @Nullable Enterprise ieee8021x) {
        @Override
        public String toString() {
            return "Wanted";
        }
    }

    /** 802.1X with a user name and password. */
    record Enterprise(
            @Nullable String username,
            @Nullable String password,
            @Nullable Integer authenticationProtocol) {
        @Override
        public String toString() {
            return "Enterprise";
        }
    }

    @GetMapping("/state/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    State wirelessState(@PathVariable String guid) {
        return new State(
                NetworkNames.state(devices.ask(guid, calls -> new WifiService(calls).state())));
    }

    @PostMapping("/state/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    State changeWirelessState(@PathVariable String guid, @RequestBody State wanted) {
        Optional<WifiState> state = NetworkNames.stateOf(wanted.state());
        new Checks()
                .that(
                        state.isPresent(),
                        "state",
                        wanted.state() == null
                                ? "state is required"
                                : "state must be one of WifiDisabled, WifiEnabledS0,"
                                        + " WifiEnabledS0SxAC")
                .done();
        WifiState known = state.orElseThrow();
        devices.ask(guid, calls -> new WifiService(calls).request(known));
        return new State(NetworkNames.state(known));
    }

    @GetMapping("/profileSync/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Sync profileSync(@PathVariable String guid) {
        return devices.ask(guid, WifiController::sync);
    }

    private static CompletionStage<Sync> sync(AmtCalls calls) {
        return calls.get("AMT_WiFiPortConfigurationService")
                .thenCombine(
                        new BootService(calls).capabilities(),
                        (service, boot) ->
                                new Sync(
                                        service.integer("localProfileSynchronizationEnabled")
                                                        .orElse(0)
                                                != 0,
                                        isOn(service),
                                        boot.allows("UEFIWiFiCoExistenceAndProfileShare")));
    }

    /** Some firmware writes a number, some a truth value. */
    private static boolean isOn(Element service) {
        String text = service.textOr("UEFIWiFiProfileShareEnabled", "0");
        return text.equals("1") || text.equals("true");
    }

    @PostMapping("/profileSync/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    Sync changeProfileSync(@PathVariable String guid, @RequestBody Sync wanted) {
        return devices.ask(
                guid,
                calls ->
                        sync(calls)
                                .thenCompose(now -> synchronize(calls, now, wanted))
                                .thenCompose(done -> sync(calls)));
    }

    private static CompletionStage<Element> synchronize(AmtCalls calls, Sync now, Sync wanted) {
        if (Boolean.TRUE.equals(wanted.uefiProfileSync())
                && !Boolean.TRUE.equals(now.uefiProfileSyncSupported())) {
            throw Answers.problem(
                    HttpStatus.CONFLICT, "UEFI WiFi profile sync is not supported on this device");
        }
        boolean local = checked(first(wanted.localProfileSync(), now.localProfileSync()));
        boolean uefi = checked(first(wanted.uefiProfileSync(), now.uefiProfileSync()));
        return new WifiService(calls).synchronize(local ? LOCAL_SYNC : 0, uefi);
    }

    private static @Nullable Boolean first(@Nullable Boolean wanted, @Nullable Boolean otherwise) {
        return wanted == null ? otherwise : wanted;
    }

    @GetMapping("/profile/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    List<Profile> wirelessProfiles(@PathVariable String guid) {
        return devices.ask(guid, calls -> profiles(new WifiService(calls)));
    }

    private static CompletionStage<List<Profile>> profiles(WifiService wifi) {
        return wifi.profiles().thenApply(all -> all.stream().map(Profile::of).toList());
    }

    @PostMapping("/profile/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    ResponseEntity<Void> addWirelessProfile(@PathVariable String guid, @RequestBody Wanted wanted) {
        NewWifiProfile profile = profile(wanted);
        devices.ask(
                guid,
                calls -> {
                    WifiService wifi = new WifiService(calls);
                    return profiles(wifi)
                            .thenCompose(
                                    present -> {
                                        checkNew(present, profile);
                                        return wifi.add(profile);
                                    });
                });
        return ResponseEntity.noContent().build();
    }

    private static void checkNew(List<Profile> present, NewWifiProfile wanted) {
        if (present.stream().anyMatch(one -> one.profileName().equals(wanted.name()))) {
            throw Answers.problem(
                    HttpStatus.CONFLICT, "Wireless Profile already exists: " + wanted.name() + ".");
        }
        if (present.stream().anyMatch(one -> one.priority() == wanted.priority())) {
            throw Answers.problem(
                    HttpStatus.CONFLICT,
                    "Wireless Profile with the requested priority already exists: "
                            + wanted.priority()
                            + ".");
        }
        if (present.size() >= MOST_PROFILES) {
            throw Answers.problem(
                    HttpStatus.CONFLICT,
                    "Maximum number of wireless profiles already configured on the device");
        }
    }

    @PutMapping("/profile/{guid}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    ResponseEntity<Void> changeWirelessProfile(
            @PathVariable String guid, @RequestBody Wanted wanted) {
        NewWifiProfile profile = profile(wanted);
        devices.ask(
                guid,
                calls -> {
                    WifiService wifi = new WifiService(calls);
                    return profiles(wifi)
                            .thenCompose(
                                    present -> {
                                        checkPresent(present, profile.name());
                                        return wifi.update(profile);
                                    });
                });
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/profile/{guid}/{profileName}")
    @Needs(value = Verb.CONFIGURE, over = Needs.Over.DEVICE)
    ResponseEntity<Void> removeWirelessProfile(
            @PathVariable String guid, @PathVariable String profileName) {
        devices.ask(
                guid,
                calls -> {
                    WifiService wifi = new WifiService(calls);
                    return profiles(wifi)
                            .thenCompose(
                                    present -> {
                                        checkPresent(present, profileName);
                                        return wifi.remove(profileName);
                                    });
                });
        return ResponseEntity.noContent().build();
    }

    private static void checkPresent(List<Profile> present, String name) {
        if (present.stream().noneMatch(one -> one.profileName().equals(name))) {
            throw noProfile();
        }
    }

    private static RuntimeException noProfile() {
        return Answers.problem(HttpStatus.NOT_FOUND, "Wireless Profile not found");
    }

    private static NewWifiProfile profile(Wanted wanted) {
        OptionalInt authentication = NetworkNames.authentication(wanted.authenticationMethod());
        OptionalInt encryption = NetworkNames.encryption(wanted.encryptionMethod());
        String name = wanted.profileName();
        new Checks()
                .that(
                        name != null
                                && !name.isEmpty()
                                && name.chars()
                                        .allMatch(c -> c < 0x7F && Character.isLetterOrDigit(c)),
                        "profileName",
                        "profileName is required and must be alphanumeric")
                .that(wanted.ssid() != null && !wanted.ssid().isEmpty(), "ssid", "ssid is required")
                .that(
                        wanted.priority() != null
                                && wanted.priority() >= 1
                                && wanted.priority() <= 255,
                        "priority",
                        "priority must be between 1 and 255")
                .that(
                        authentication.isPresent(),
                        "authenticationMethod",
                        "authenticationMethod is invalid")
                .that(encryption.isPresent(), "encryptionMethod", "encryptionMethod is invalid")
                .done();
        try {
            return new NewWifiProfile(
                    checked(name),
                    checked(wanted.ssid()),
                    checked(wanted.priority()),
                    authentication.orElseThrow(),
                    encryption.orElseThrow(),
                    Optional.ofNullable(wanted.password()).filter(text -> !text.isEmpty()),
                    Optional.ofNullable(wanted.ieee8021x()).map(WifiController::enterprise));
        } catch (IllegalArgumentException e) {
            throw Answers.invalid(Invalid.inBody("password", String.valueOf(e.getMessage())));
        }
    }

    private static Ieee8021x enterprise(Enterprise given) {
        Integer protocol = given.authenticationProtocol();
        new Checks()
                .that(
                        given.username() != null && !given.username().isBlank(),
                        "ieee8021x.username",
                        "ieee8021x.username is required")
                .that(
                        protocol != null && (protocol == 0 || protocol == 2),
                        "ieee8021x.authenticationProtocol",
                        "ieee8021x.authenticationProtocol must be 0 (EAP-TLS) or 2 (PEAP)")
                .done();
        return new Ieee8021x(
                checked(protocol),
                checked(given.username()),
                Optional.ofNullable(given.password()),
                Optional.empty(),
                Optional.empty());
    }
}
