package org.outpost.server.web.amt;

import static org.outpost.server.web.amt.Checks.checked;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.account.Account;
import org.outpost.amt.operation.account.AccountService;
import org.outpost.amt.operation.account.NewAccount;
import org.outpost.amt.operation.account.Realm;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.security.Needs;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Accounts in AMT, beside the one of the administrator. */
@RestController
@RequestMapping("/api/v1/amt/accounts")
final class AccountController {
    private final AmtRequests devices;

    AccountController(AmtRequests devices) {
        this.devices = devices;
    }

    private static final int MOST_REALMS = 32;

    /** An account. */
    record Shown(
            long handle,
            @Nullable String username,
            @Nullable String kerberosSid,
            int accessPermission,
            List<Integer> realms,
            boolean enabled,
            boolean builtIn) {
        static Shown of(Account account) {
            return new Shown(
                    account.handle(),
                    account.user().orElse(null),
                    account.kerberosSid().orElse(null),
                    account.access(),
                    account.realms(),
                    account.enabled(),
                    account.builtIn());
        }
    }

    /** An account to be made or changed. */
    record Wanted(
            @Nullable String username,
            @Nullable String password,
            @Nullable Integer accessPermission,
            @Nullable List<Integer> realms) {
        @Override
        public String toString() {
            return "Wanted";
        }
    }

    /** Whether an account may sign in. */
    record Enabled(@Nullable Boolean enabled) {}

    /** The device's number of a new account. */
    record Made(long handle) {}

    @GetMapping("/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    List<Shown> amtAccounts(@PathVariable String guid) {
        return devices.ask(
                guid,
                calls ->
                        new AccountService(calls)
                                .list()
                                .thenApply(all -> all.stream().map(Shown::of).toList()));
    }

    @PostMapping("/{guid}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.DEVICE)
    Made addAmtAccount(@PathVariable String guid, @RequestBody Wanted wanted) {
        NewAccount account = account(wanted);
        return new Made(devices.ask(guid, calls -> new AccountService(calls).add(account)));
    }

    @PutMapping("/{guid}/{handle}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.DEVICE)
    Status changeAmtAccount(
            @PathVariable String guid, @PathVariable long handle, @RequestBody Wanted wanted) {
        NewAccount account = account(wanted);
        devices.ask(guid, calls -> new AccountService(calls).update(handle, account));
        return Status.SUCCESS;
    }

    @PatchMapping("/{guid}/{handle}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.DEVICE)
    Status enableAmtAccount(
            @PathVariable String guid, @PathVariable long handle, @RequestBody Enabled wanted) {
        new Checks().present(wanted.enabled(), "enabled").done();
        boolean on = checked(wanted.enabled());
        devices.ask(guid, calls -> new AccountService(calls).enable(handle, on));
        return Status.SUCCESS;
    }

    @DeleteMapping("/{guid}/{handle}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.DEVICE)
    Status removeAmtAccount(@PathVariable String guid, @PathVariable long handle) {
        devices.ask(guid, calls -> new AccountService(calls).remove(handle));
        return Status.SUCCESS;
    }

    private static NewAccount account(Wanted wanted) {
        List<Integer> numbers = wanted.realms();
        new Checks()
                .text(wanted.username(), "username", 16)
                .text(wanted.password(), "password", 32)
                .number(wanted.accessPermission(), "accessPermission", 0, 2)
                .that(
                        numbers != null
                                && numbers.size() <= MOST_REALMS
                                && numbers.stream()
                                        .allMatch(
                                                number ->
                                                        number != null
                                                                && Realm.of(number).isPresent()),
                        "realms",
                        Checks.INVALID)
                .done();
        Set<Realm> realms =
                checked(numbers).stream()
                        .flatMap(number -> Realm.of(number).stream())
                        .collect(Collectors.toSet());
        try {
            return new NewAccount(
                    checked(wanted.username()),
                    checked(wanted.password()),
                    checked(wanted.accessPermission()),
                    realms);
        } catch (IllegalArgumentException e) {
            throw Answers.invalid(Invalid.inBody("password", String.valueOf(e.getMessage())));
        }
    }
}
