package org.outpost.simulator.account;

import org.outpost.simulator.account.Account.Access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The access control list of a device (wsman.md §10.1): the administrator, two accounts of the
 * firmware itself, and at most fifteen others. To be used on the device's event loop only.
 */
public final class Accounts {
    /** Most accounts beside the administrator. */
    public static final int MOST = 15;

    /** Most characters of a name. */
    public static final int LONGEST_NAME = 16;

    private final String realm;
    private final TreeMap<Integer, Account> others = new TreeMap<>();
    private Account administrator;
    private int version;

    /**
     * A list as a device has it after it was set up.
     *
     * @param realm the device's digest realm
     * @param user name of the administrator
     * @param password his password, of which only the hash is kept
     */
    public Accounts(String realm, String user, String password) {
        this.realm = realm;
        this.administrator = administrator(user, hash(user, realm, password));
        others.put(1, builtIn(1, "$$uns", Realm.LOCAL_NOTIFICATION));
        others.put(2, builtIn(2, "$$osadmin", Realm.LOCAL_SYSTEM));
    }

    private static Account administrator(String user, String userHash) {
        return new Account(0, user, userHash, "", Access.ANY, Set.of(Realm.ADMINISTRATION), true);
    }

    private static Account builtIn(int handle, String name, Realm realm) {
        return new Account(handle, name, "", "", Access.LOCAL, Set.of(realm), true);
    }

    /** MD5 of user, realm and password: what a digest sign-in is made from. */
    public static String hash(String user, String realm, String password) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("MD5")
                                    .digest(
                                            (user + ':' + realm + ':' + password)
                                                    .getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** The digest realm, which is part of every hash. */
    public String realm() {
        return realm;
    }

    /** Changes with every change of the list: who is signed in must sign in again. */
    public int version() {
        return version;
    }

    /** The administrator. */
    public Account administrator() {
        return administrator;
    }

    /** Gives the administrator another name and hash. */
    public void administrator(String user, byte[] userHash) {
        administrator = administrator(user, HexFormat.of().formatHex(userHash));
        version++;
    }

    /** All others, by handle. */
    public Collection<Account> others() {
        return others.values();
    }

    /** Who may sign in over the network with that name. */
    public Optional<Account> find(String user) {
        if (administrator.user().equals(user)) {
            return Optional.of(administrator);
        }
        return named(user)
                .filter(account -> account.overNetwork() && !account.userHash().isEmpty());
    }

    /** The account in the list with that name, whatever it may. */
    public Optional<Account> named(String user) {
        return others.values().stream()
                .filter(account -> !user.isEmpty() && account.user().equals(user))
                .findFirst();
    }

    /** The account with that handle. */
    public Optional<Account> get(int handle) {
        return Optional.ofNullable(others.get(handle));
    }

    /** Whether no more account fits. */
    public boolean isFull() {
        return others.size() >= MOST;
    }

    /** The lowest handle that is free. */
    public int freeHandle() {
        int handle = 1;
        while (others.containsKey(handle)) {
            handle++;
        }
        return handle;
    }

    /** Adds an account, or puts it in the place of the one with its handle. */
    public void put(Account account) {
        others.put(account.handle(), account);
        version++;
    }

    /** Removes an account. */
    public void remove(int handle) {
        others.remove(handle);
        version++;
    }
}
