package org.outpost.server.web;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.inventory.credential.DeviceCredential;
import org.outpost.inventory.credential.DeviceSecrets;
import org.outpost.inventory.credential.NewCredential;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Credentials that are generated for devices. A password is told once, when it is made. */
@RestController
@RequestMapping("/api/v1/device-credentials")
final class DeviceCredentialController {
    private static final int MOST = 1000;
    private static final int LONGEST_LABEL = 200;

    private final DeviceSecrets secrets;
    private final boolean asked;

    /**
     * Serves these secrets.
     *
     * @param asked whether devices can sign in with them, as configured
     */
    DeviceCredentialController(DeviceSecrets secrets, boolean asked) {
        this.secrets = secrets;
        this.asked = asked;
    }

    /**
     * What is wanted.
     *
     * @param device the UUID of the one device that may use it
     * @param label what it is for
     * @param count how many; 1 when left out
     */
    record Wanted(@Nullable UUID device, @Nullable String label, @Nullable Integer count) {}

    /** A credential without its password. */
    record View(
            UUID id,
            String user,
            @Nullable UUID device,
            String label,
            Instant created,
            @Nullable Instant revoked) {
        static View of(DeviceCredential credential) {
            return new View(
                    credential.id(),
                    credential.user(),
                    credential.device(),
                    credential.label(),
                    credential.created(),
                    credential.revoked());
        }
    }

    /** A credential with its password. */
    record NewView(
            UUID id,
            String user,
            String password,
            @Nullable UUID device,
            String label,
            Instant created) {
        static NewView of(NewCredential made) {
            DeviceCredential credential = made.credential();
            return new NewView(
                    credential.id(),
                    credential.user(),
                    made.password(),
                    credential.device(),
                    credential.label(),
                    credential.created());
        }

        /** Leaves the password out, so that it reaches no log. */
        @Override
        public String toString() {
            return "NewView[user=" + user + "]";
        }
    }

    @PostMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.EVERYTHING)
    @ResponseStatus(HttpStatus.CREATED)
    Listing<NewView> create(@RequestBody Wanted wanted) {
        int count = wanted.count() == null ? 1 : wanted.count();
        String label = wanted.label() == null ? "" : wanted.label().strip();
        if (count < 1 || count > MOST) {
            throw bad("\"count\" must be 1 to " + MOST + ".");
        }
        if (wanted.device() != null && count > 1) {
            throw bad("One device needs one credential: leave \"count\" out, or \"device\".");
        }
        if (label.length() > LONGEST_LABEL || label.chars().anyMatch(Character::isISOControl)) {
            throw bad("\"label\" must be at most " + LONGEST_LABEL + " characters in one line.");
        }
        if (!asked) {
            throw Answers.problem(
                    HttpStatus.CONFLICT,
                    "No device could sign in with it: write \"{ type: device-table }\" under"
                            + " \"tunnel.authenticators\" of the configuration, and restart.");
        }
        List<NewCredential> made = Answers.await(secrets.create(wanted.device(), label, count));
        return new Listing<>(made.stream().map(NewView::of).toList(), made.size());
    }

    private static RuntimeException bad(String detail) {
        return Answers.problem(HttpStatus.BAD_REQUEST, detail);
    }

    @GetMapping
    @Needs(value = Verb.ADMIN, over = Needs.Over.EVERYTHING)
    Listing<View> list(
            @RequestParam(defaultValue = "false") boolean revoked,
            @RequestParam(name = "$top", defaultValue = "100") int top,
            @RequestParam(name = "$skip", defaultValue = "0") int skip) {
        if (top < 1 || top > MOST || skip < 0) {
            throw bad("$top must be 1 to " + MOST + " and $skip 0 or more.");
        }
        DeviceSecrets.Page page = Answers.await(secrets.list(revoked, skip, top));
        return new Listing<>(page.credentials().stream().map(View::of).toList(), page.total());
    }

    @DeleteMapping("/{idOrUser}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.EVERYTHING)
    View revoke(@PathVariable String idOrUser) {
        return Answers.await(secrets.revoke(idOrUser))
                .map(View::of)
                .orElseThrow(
                        () ->
                                Answers.problem(
                                        HttpStatus.NOT_FOUND,
                                        "No credential has this id or user name; see: outpost"
                                                + " device credential list"));
    }
}
