package org.outpost.gateway.authentication.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;

import java.util.function.UnaryOperator;

import javax.naming.ldap.Rdn;

/**
 * A text of LDAP with a place for the user name. What is put there is escaped, so that no user name
 * can mean more than itself.
 */
public final class LdapTemplate {
    private static final String PLACE = "{user}";

    private final String text;
    private final UnaryOperator<String> escape;

    private LdapTemplate(String text, UnaryOperator<String> escape) {
        this.text = text;
        this.escape = escape;
    }

    /**
     * A distinguished name; escapes as RFC 4514 says.
     *
     * @throws IllegalArgumentException saying what to write
     */
    public static LdapTemplate dn(String text) {
        needsPlace(text);
        if (!DN.isValidDN(text.replace(PLACE, "x"))) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a distinguished name such as uid={user},ou=people,…");
        }
        return new LdapTemplate(text, Rdn::escapeValue);
    }

    /**
     * A search filter; escapes as RFC 4515 says.
     *
     * @throws IllegalArgumentException saying what to write
     */
    public static LdapTemplate filter(String text) {
        needsPlace(text);
        try {
            Filter.create(text.replace(PLACE, "x"));
        } catch (LDAPException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a filter such as (uid={user})", e);
        }
        return new LdapTemplate(text, Filter::encodeValue);
    }

    private static void needsPlace(String text) {
        if (!text.contains(PLACE)) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" has no {user}, so everybody would be the same");
        }
    }

    /** The text for a user. */
    public String of(String user) {
        return text.replace(PLACE, escape.apply(user));
    }

    /** The template itself. */
    @Override
    public String toString() {
        return text;
    }
}
