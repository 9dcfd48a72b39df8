package org.outpost.gateway.authentication.ldap;

import com.unboundid.ldap.sdk.LDAPException;

import org.outpost.authenticator.Authenticator;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;
import org.outpost.gateway.authentication.VerifiedCredentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.Semaphore;

/**
 * Asks a directory by signing in there as the user (simple bind, RFC 4513 section 5.1.3). What the
 * directory says of the user counts as refused; whatever keeps it from saying anything, as
 * unavailable. So many users are asked about at once; further ones wait their turn.
 */
public final class LdapAuthenticator implements Authenticator {
    private static final Logger log = LoggerFactory.getLogger(LdapAuthenticator.class);
    private static final long MOST_REMEMBERED = 100_000;
    private static final int LONGEST_USER = 256;

    private final LdapSettings settings;
    private final LdapDirectory directory;
    private final Semaphore places;
    private final VerifiedCredentials verified;

    /**
     * Prepares to ask; connects to nothing yet.
     *
     * @throws IllegalArgumentException when the library cannot work with the settings
     */
    public LdapAuthenticator(LdapSettings settings) {
        this.settings = settings;
        try {
            this.directory = new LdapDirectory(settings);
        } catch (LDAPException e) {
            throw new IllegalArgumentException("LDAP cannot be set up: " + e.getResultCode(), e);
        }
        this.places = new Semaphore(settings.connections(), true);
        this.verified = new VerifiedCredentials(settings.remember(), MOST_REMEMBERED);
    }

    @Override
    public Verdict authenticate(Credentials credentials) throws Exception {
        String user = credentials.user();
        String password = credentials.password();
        // A bind with a name and no password succeeds and proves nothing (RFC 4513 section 5.1.2).
        if (password == null || password.isEmpty()) {
            return new Verdict.Refused("no password was given");
        }
        if (user.isEmpty() || user.length() > LONGEST_USER) {
            return new Verdict.Refused("the user name is empty or too long");
        }
        if (user.chars().anyMatch(Character::isISOControl)) {
            return new Verdict.Refused("the user name has control characters");
        }
        return verified.verify(() -> inTurn(user, password), user, password);
    }

    private Verdict inTurn(String user, String password) throws InterruptedException {
        places.acquire();
        try {
            Verdict verdict = ask(user, password);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return verdict;
        } finally {
            places.release();
        }
    }

    private Verdict ask(String user, String password) {
        String dn;
        try {
            switch (settings.users()) {
                case LdapSettings.Users.Named(LdapTemplate template) -> dn = template.of(user);
                case LdapSettings.Users.Searched(String base, LdapTemplate filter) -> {
                    switch (directory.find(base, filter.of(user))) {
                        case LdapDirectory.Found.One(String found) -> dn = found;
                        case LdapDirectory.Found.None _ -> {
                            return unknown(base, password);
                        }
                        case LdapDirectory.Found.Several _ -> {
                            log.atWarn()
                                    .addKeyValue("user", user)
                                    .addKeyValue("filter", filter)
                                    .log("several entries of the directory match; none is meant");
                            return new Verdict.Refused("several entries of the directory match");
                        }
                    }
                }
            }
        } catch (LDAPException e) {
            return BindFailure.unavailable(e);
        }
        try {
            directory.bind(dn, password);
        } catch (LDAPException e) {
            return BindFailure.verdict(e);
        }
        return grouped(dn, user);
    }

    /** Takes the time of a bind, so that the answer does not tell who is known. */
    private Verdict unknown(String base, String password) {
        try {
            directory.bind("cn=outpost-nobody," + base, password);
        } catch (LDAPException e) {
            log.atTrace().addKeyValue("result", e.getResultCode()).log("nobody, as meant");
        }
        return new Verdict.Refused("unknown user or wrong password");
    }

    private Verdict grouped(String dn, String user) {
        String group = settings.group();
        try {
            return group == null || directory.isMember(group, dn, user)
                    ? new Verdict.Accepted(user)
                    : new Verdict.Refused("not a member of the group");
        } catch (LDAPException e) {
            return BindFailure.unavailable(e);
        }
    }

    @Override
    public void close() {
        directory.close();
    }
}
