package org.outpost.amt.operation.account;

import org.outpost.amt.operation.Stages;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.wsman.AmtClass;
import org.outpost.amt.wsman.Invocation;
import org.outpost.amt.xml.Element;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The accounts of AMT (wsman.md section 10.1). Passwords leave here as digests only. */
public final class AccountService {
    private static final AmtClass SERVICE = AmtClass.of("AMT_AuthorizationService");
    private static final int MOST_PAGES = 8;

    private final AmtCalls calls;

    /** Asks through these calls. */
    public AccountService(AmtCalls calls) {
        this.calls = calls;
    }

    /** All accounts except the administrator's. */
    public CompletionStage<List<Account>> list() {
        return handles(1, MOST_PAGES, new ArrayList<>())
                .thenCompose(handles -> Stages.all(handles.stream().map(this::account).toList()));
    }

    private CompletionStage<List<Long>> handles(long start, int pages, List<Long> handles) {
        return calls.invoke(
                        Invocation.reading(SERVICE, "EnumerateUserAclEntries")
                                .with("StartIndex", start))
                .thenCompose(
                        output -> {
                            List<Long> more =
                                    output.integers("Handles").stream()
                                            .map(Integer::longValue)
                                            .toList();
                            handles.addAll(more);
                            boolean ended =
                                    more.isEmpty()
                                            || handles.size()
                                                    >= output.number("TotalCount").orElse(0);
                            return ended || pages == 1
                                    ? CompletableFuture.completedStage(handles)
                                    : handles(start + more.size(), pages - 1, handles);
                        });
    }

    private CompletionStage<Account> account(long handle) {
        CompletionStage<Boolean> enabled =
                calls.invoke(
                                Invocation.reading(SERVICE, "GetAclEnabledState")
                                        .with("Handle", handle))
                        .thenApply(output -> output.flag("Enabled").orElse(true));
        return calls.invoke(Invocation.reading(SERVICE, "GetUserAclEntryEx").with("Handle", handle))
                .thenCombine(
                        enabled,
                        (entry, on) ->
                                new Account(
                                        handle,
                                        entry.text("DigestUsername"),
                                        entry.text("KerberosUserSid"),
                                        entry.integer("AccessPermission").orElse(0),
                                        entry.integers("Realms"),
                                        on));
    }

    /** The administrator's user name. */
    public CompletionStage<String> administrator() {
        return calls.invoke(Invocation.reading(SERVICE, "GetAdminAclEntry"))
                .thenApply(output -> output.textOr("Username", ""));
    }

    /** Adds an account; its handle comes back. */
    public CompletionStage<Long> add(NewAccount account) {
        return realm().thenCompose(
                        realm ->
                                calls.invoke(entry("AddUserAclEntryEx", account, realm, List.of())))
                .thenApply(output -> output.number("Handle").orElse(0));
    }

    /** Replaces an account's name, password, access and realms. */
    public CompletionStage<Element> update(long handle, NewAccount account) {
        Element which = Element.of(SERVICE.uri(), "Handle", Long.toString(handle));
        return realm().thenCompose(
                        realm ->
                                calls.invoke(
                                        entry(
                                                "UpdateUserAclEntryEx",
                                                account,
                                                realm,
                                                List.of(which))));
    }

    private CompletionStage<String> realm() {
        return calls.get("AMT_GeneralSettings").thenApply(read -> read.textOr("DigestRealm", ""));
    }

    private static Invocation entry(
            String method, NewAccount account, String realm, List<Element> first) {
        Invocation call = Invocation.of(SERVICE, method);
        for (Element argument : first) {
            call = call.with(argument);
        }
        call =
                call.with("DigestUsername", account.user())
                        .with(
                                "DigestPassword",
                                DigestPassword.of(account.user(), realm, account.password()))
                        .with("AccessPermission", account.access());
        for (String number : account.realmNumbers()) {
            call = call.with("Realms", number);
        }
        return call;
    }

    /** Removes an account. */
    public CompletionStage<Element> remove(long handle) {
        return calls.invoke(Invocation.of(SERVICE, "RemoveUserAclEntry").with("Handle", handle));
    }

    /** Switches an account on or off. */
    public CompletionStage<Element> enable(long handle, boolean enabled) {
        return calls.invoke(
                Invocation.of(SERVICE, "SetAclEnabledState")
                        .with("Handle", handle)
                        .with("Enabled", enabled));
    }

    /**
     * Replaces the administrator's name and password. Whoever is signed in as the administrator has
     * to sign in anew.
     */
    public CompletionStage<Element> setAdministrator(String user, String password) {
        NewAccount checked = new NewAccount(user, password, 2, Set.of());
        return realm().thenCompose(
                        realm ->
                                calls.invoke(
                                        Invocation.of(SERVICE, "SetAdminAclEntryEx")
                                                .with("Username", checked.user())
                                                .with(
                                                        "DigestPassword",
                                                        DigestPassword.of(
                                                                checked.user(),
                                                                realm,
                                                                checked.password()))));
    }
}
