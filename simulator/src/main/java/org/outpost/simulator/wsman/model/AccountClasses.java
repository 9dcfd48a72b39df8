package org.outpost.simulator.wsman.model;

import org.outpost.simulator.account.Account;
import org.outpost.simulator.account.Account.Access;
import org.outpost.simulator.account.Accounts;
import org.outpost.simulator.account.Realm;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.log.AuditEvent;
import org.outpost.simulator.wsman.Arguments;
import org.outpost.simulator.wsman.Call;
import org.outpost.simulator.wsman.CimClass;
import org.outpost.simulator.wsman.FaultException;
import org.outpost.simulator.wsman.Output;
import org.outpost.simulator.wsman.Property;

import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Accounts and their realms (wsman.md §10.1). */
final class AccountClasses {
    private static final String NAME = "Intel(r) AMT Authorization Service";
    private static final int HASH = 16;
    private static final int LARGEST_SID = 28;
    private static final int PAGE = 50;
    private static final EnumSet<Realm> LIST = EnumSet.of(Realm.ACCESS_CONTROL);

    private AccountClasses() {}

    static List<CimClass> classes() {
        return List.of(
                CimClass.named("AMT_AuthorizationService")
                        .systemKeys()
                        .single(
                                firmware ->
                                        Instance.inEngine("AMT_AuthorizationService", NAME)
                                                .named(NAME)
                                                .set("AllowHttpQopAuthOnly", 1)
                                                .set("EnabledState", 5)
                                                .set("RequestedState", 12)
                                                .build())
                        .writable(Property.number("AllowHttpQopAuthOnly", 0, 1))
                        .method("AddUserAclEntryEx", LIST, AccountClasses::add)
                        .method("UpdateUserAclEntryEx", LIST, AccountClasses::update)
                        .method("GetUserAclEntryEx", LIST, AccountClasses::get)
                        .method("EnumerateUserAclEntries", LIST, AccountClasses::list)
                        .method("RemoveUserAclEntry", LIST, AccountClasses::remove)
                        .method("SetAclEnabledState", LIST, AccountClasses::enable)
                        .method("GetAclEnabledState", LIST, AccountClasses::enabled)
                        .method("GetAdminAclEntry", AccountClasses::administrator)
                        .method("GetAdminAclEntryStatus", AccountClasses::administratorStatus)
                        .method("GetAdminNetAclEntryStatus", AccountClasses::administratorStatus)
                        .method("SetAdminAclEntryEx", AccountClasses::setAdministrator)
                        .build(),
                CimClass.named("AMT_KerberosSettingData")
                        .single(
                                firmware ->
                                        Instance.of("AMT_KerberosSettingData")
                                                .set(
                                                        "InstanceID",
                                                        "Intel (R) AMT: Kerberos Settings")
                                                .named("Intel (R) AMT: Kerberos Settings")
                                                .set("CredentialCacheState", false)
                                                .set("KrbEnabled", false)
                                                .set("RealmName", "")
                                                .build())
                        .method("GetCredentialCacheState", AccountClasses::cacheState)
                        .method("SetCredentialCacheState", AccountClasses::setCacheState)
                        .build());
    }

    private static Output add(Call call, Arguments in) throws FaultException {
        Accounts accounts = call.firmware().accounts();
        if (accounts.isFull()) {
            return Output.of(Status.MAX_LIMIT_REACHED);
        }
        int handle = accounts.freeHandle();
        return change(call, in, handle, AuditEvent.ACL_ENTRY_ADDED).with("Handle", handle);
    }

    private static Output update(Call call, Arguments in) throws FaultException {
        Optional<Account> account = found(call, in);
        if (account.isEmpty()) {
            return Output.of(Status.INVALID_HANDLE);
        }
        if (isBuiltIn(account.get())) {
            return Output.of(Status.NOT_PERMITTED);
        }
        return change(call, in, account.get().handle(), AuditEvent.ACL_ENTRY_MODIFIED);
    }

    private static Output change(Call call, Arguments in, int handle, AuditEvent event)
            throws FaultException {
        Accounts accounts = call.firmware().accounts();
        String user = in.text("DigestUsername", 64);
        boolean kerberos = in.has("KerberosUserSid");
        if (kerberos ? !user.isEmpty() : !isName(user)) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        boolean taken =
                user.equals(accounts.administrator().user())
                        || accounts.named(user).filter(o -> o.handle() != handle).isPresent();
        if (!kerberos && taken) {
            return Output.of(Status.DUPLICATE);
        }
        Set<Realm> realms = EnumSet.noneOf(Realm.class);
        for (long number : in.numbers("Realms", 0, 0xFFFF_FFFFL)) {
            Optional<Realm> realm = Realm.of(number);
            if (realm.isEmpty()) {
                return Output.of(Status.INVALID_REALM);
            }
            realms.add(realm.get());
        }
        byte[] secret =
                kerberos
                        ? in.bytes("KerberosUserSid", LARGEST_SID)
                        : in.bytes("DigestPassword", HASH);
        if (!kerberos && secret.length != HASH) {
            return Output.of(Status.INVALID_PASSWORD);
        }
        accounts.put(
                new Account(
                        handle,
                        user,
                        kerberos ? "" : HexFormat.of().formatHex(secret),
                        kerberos ? in.text("KerberosUserSid", 64) : "",
                        Access.of(in.number("AccessPermission", 0, 2)),
                        realms,
                        accounts.get(handle).map(Account::enabled).orElse(true)));
        call.audit(event);
        return Output.done();
    }

    /** At most sixteen printable characters, none that HTTP or XML take (wsman.md §1.1). */
    private static boolean isName(String user) {
        return !user.isEmpty()
                && user.length() <= Accounts.LONGEST_NAME
                && !user.startsWith("$$")
                && user.chars()
                        .allMatch(
                                letter ->
                                        letter > ' '
                                                && letter < 127
                                                && "(),:\"&<>".indexOf(letter) < 0);
    }

    private static boolean isBuiltIn(Account account) {
        return account.user().startsWith("$$");
    }

    private static Optional<Account> found(Call call, Arguments in) throws FaultException {
        return call.firmware().accounts().get((int) in.number("Handle", 0, 0xFFFF));
    }

    private static Output get(Call call, Arguments in) throws FaultException {
        Optional<Account> account = found(call, in);
        if (account.isEmpty()) {
            return Output.of(Status.INVALID_HANDLE);
        }
        Account known = account.get();
        Output output =
                known.kerberosSid().isEmpty()
                        ? Output.done().with("DigestUsername", known.user())
                        : Output.done().with("KerberosUserSid", known.kerberosSid());
        return output.with("AccessPermission", known.access().number())
                .with("Realms", known.realms().stream().sorted().map(Realm::number).toArray());
    }

    private static Output list(Call call, Arguments in) throws FaultException {
        int from = (int) in.number("StartIndex", 1, 0xFFFF);
        List<Integer> handles =
                call.firmware().accounts().others().stream().map(Account::handle).toList();
        if (from > Math.max(1, handles.size())) {
            return Output.of(Status.INVALID_INDEX);
        }
        List<Integer> page = handles.stream().skip(from - 1L).limit(PAGE).toList();
        return Output.done()
                .with("TotalCount", handles.size())
                .with("HandlesCount", page.size())
                .with("Handles", page.toArray());
    }

    private static Output remove(Call call, Arguments in) throws FaultException {
        Optional<Account> account = found(call, in);
        if (account.isEmpty()) {
            return Output.of(Status.INVALID_HANDLE);
        }
        if (isBuiltIn(account.get())) {
            return Output.of(Status.NOT_PERMITTED);
        }
        call.firmware().accounts().remove(account.get().handle());
        call.audit(AuditEvent.ACL_ENTRY_REMOVED);
        return Output.done();
    }

    private static Output enable(Call call, Arguments in) throws FaultException {
        boolean enabled = in.flag("Enabled");
        Optional<Account> account = found(call, in);
        if (account.isEmpty()) {
            return Output.of(Status.INVALID_HANDLE);
        }
        Account old = account.get();
        call.firmware()
                .accounts()
                .put(
                        new Account(
                                old.handle(),
                                old.user(),
                                old.userHash(),
                                old.kerberosSid(),
                                old.access(),
                                old.realms(),
                                enabled));
        call.audit(AuditEvent.ACL_ENTRY_STATE_CHANGED);
        return Output.done();
    }

    private static Output enabled(Call call, Arguments in) throws FaultException {
        return found(call, in)
                .map(account -> Output.done().with("Enabled", account.enabled()))
                .orElseGet(() -> Output.of(Status.INVALID_HANDLE));
    }

    private static Output administrator(Call call, Arguments in) {
        return Output.done().with("Username", call.firmware().accounts().administrator().user());
    }

    private static Output administratorStatus(Call call, Arguments in) {
        return Output.done().with("IsDefault", false);
    }

    private static Output cacheState(Call call, Arguments in) {
        return Output.done().with("Enabled", in.target().flag("CredentialCacheState"));
    }

    private static Output setCacheState(Call call, Arguments in) throws FaultException {
        boolean enabled = in.flag("Enabled");
        call.store(in.target().but().set("CredentialCacheState", enabled).build());
        return Output.done();
    }

    private static Output setAdministrator(Call call, Arguments in) throws FaultException {
        Accounts accounts = call.firmware().accounts();
        String user = in.text("Username", 64);
        byte[] hash = in.bytes("DigestPassword", HASH);
        if (!isName(user)) {
            return Output.of(Status.INVALID_PARAMETER);
        }
        if (hash.length != HASH) {
            return Output.of(Status.INVALID_PASSWORD);
        }
        if (accounts.named(user).isPresent()) {
            return Output.of(Status.DUPLICATE);
        }
        accounts.administrator(user, hash);
        call.audit(AuditEvent.ACL_ENTRY_MODIFIED);
        return Output.done();
    }
}
