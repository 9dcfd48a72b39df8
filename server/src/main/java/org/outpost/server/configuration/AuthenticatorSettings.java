package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Change;
import org.outpost.server.configuration.binding.Choice;
import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Live;
import org.outpost.server.configuration.binding.Misnomer;
import org.outpost.server.configuration.binding.MustExist;
import org.outpost.server.configuration.binding.Range;
import org.outpost.server.configuration.binding.Secret;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Who decides whether somebody may sign in. */
@Misnomer(
        word = "none",
        advice =
                "\"none\" is no way to sign in: a connection without a password counts only where a"
                        + " verified certificate stands for it; write \"type: client-certificate\""
                        + " for that, or \"type: insecure-accept-any\" to let everybody in")
public sealed interface AuthenticatorSettings {
    /** A file of user names and passwords. */
    @Choice("password-file")
    @Doc(
            "Users and passwords in a text file, one `user:password` a line, the password in clear"
                    + " or as `$argon2id$…` (`outpost password hash USER` prints such a line); `#`"
                    + " starts a comment. Read again when it changes.")
    record PasswordFile(@Doc("The file.") @Live(Change.NAMED_FILE) @MustExist Path file)
            implements AuthenticatorSettings {}

    /** The credentials that were generated for devices. */
    @Choice("device-table")
    @Doc(
            "Under `tunnel` only: the credentials that `outpost device credential create` makes."
                    + " Without `tunnel.authenticators` they are asked too, after"
                    + " `devices.passwd`.")
    record DeviceTable() implements AuthenticatorSettings {}

    /** The users of the API. */
    @Choice("users")
    @Doc(
            "Under `console` only: the users of the API, by their password or by an API token in"
                    + " its place.")
    record Users() implements AuthenticatorSettings {}

    /** A certificate instead of a password. */
    @Choice("client-certificate")
    @Doc(
            "Accepts whoever showed a client certificate in the TLS handshake that the listener or"
                    + " door verified (its `client-ca`), and refuses everybody else. A password"
                    + " that comes along is not looked at.")
    record Certificate(
            @Doc(
                            "What of the certificate becomes the name of whoever signs in, with"
                                    + " `certificate:` in front: the whole `subject`, its common"
                                    + " name (`cn`), its first DNS name (`san-dns`) or URI"
                                    + " (`san-uri`), or its SHA-256 `fingerprint`. What is stable"
                                    + " when it is renewed keeps a device's binding.")
                    @Default("subject")
                    CertificatePrincipal principal,
            @Doc(
                            "What the certificate has to name besides, as its common name, DNS name"
                                    + " or URI (`urn:uuid:…`): `anything`, the `uuid` that the"
                                    + " device announces, or the `user` that is given.")
                    @Default("anything")
                    CertificateNames mustName)
            implements AuthenticatorSettings {}

    /** A directory. */
    @Choice("ldap")
    @Doc(
            "Asks a directory, such as Active Directory or OpenLDAP, by signing in there as the"
                    + " user: as `bind-dn`, or as the one entry that `filter` finds below `base`."
                    + " What it says of the user counts; when it gives no answer, devices wait and"
                    + " are asked about again (`tunnel.timeouts.authenticator`).")
    record Ldap(
            @Doc(
                            "Where it is, `ldaps://HOST:PORT` or `ldap://HOST:PORT`; the first that"
                                    + " can be reached is asked.")
                    List<String> urls,
            @Doc("Whether `ldap://` turns to TLS before anything is said.") @Default("false")
                    boolean startTls,
            @Doc(
                            "A PEM file with the authorities that its certificate may come from."
                                    + " Without it: those of the JDK. The host name is checked"
                                    + " either way.")
                    @MustExist
                    @Nullable Path ca,
            @Doc(
                            "The distinguished name of a user, `{user}` standing for the name that"
                                    + " was given: `uid={user},ou=people,dc=example,dc=com`.")
                    @Nullable String bindDn,
            @Doc("Where to search for a user, with everything below.") @Nullable String base,
            @Doc("How to search: `(sAMAccountName={user})`. It has to find exactly one" + " entry.")
                    @Nullable String filter,
            @Doc(
                            "The distinguished name of the account that searches. Without it:"
                                    + " anonymously.")
                    @Nullable String serviceDn,
            @Doc("A file whose first line is that account's password; read at each connection.")
                    @Live(Change.NAMED_FILE)
                    @MustExist
                    @Nullable Path servicePasswordFile,
            @Doc(
                            "The distinguished name of a group that the user has to be a member of"
                                    + " (`member`, `uniqueMember` or `memberUid` of its entry)."
                                    + " Nested groups of Active Directory: put"
                                    + " `(memberOf:1.2.840.113556.1.4.1941:=GROUP)` into `filter`.")
                    @Nullable String group,
            @Doc("How many users are asked about at once; further ones wait.")
                    @Default("128")
                    @Range(min = 1, max = 10000)
                    int connections,
            @Doc("How long a connection may take, TLS included.")
                    @Default("3s")
                    @Range(min = 10, max = 600000)
                    Duration connectTimeout,
            @Doc("How long each of its answers may take.")
                    @Default("10s")
                    @Range(min = 10, max = 600000)
                    Duration responseTimeout,
            @Doc(
                            "How long an accepted password counts without asking again; as long may"
                                    + " a withdrawn one go on. `0s` to ask always.")
                    @Default("10m")
                    @Range(min = 0, max = 86400000)
                    Duration remember,
            @Doc(
                            "Whether passwords may cross the network in clear, by `ldap://` without"
                                    + " `start-tls` to another machine.")
                    @Default("false")
                    boolean insecure)
            implements AuthenticatorSettings {}

    /** Somebody else's code. */
    @Choice("plugin")
    @Doc("A plug-in from the folder `plugins` (docs/plugins.md).")
    record Plugin(
            @Doc("The plug-in's name.") String name,
            @Doc("A text for it; shown nowhere, since it may hold a secret.")
                    @Default("\"\"")
                    @Secret
                    String parameters,
            @Doc("How long one answer may take; then the next authenticator is asked.")
                    @Default("3s")
                    @Range(min = 10, max = 600000)
                    Duration timeout,
            @Doc("How many of its calls run at once, each on a thread.")
                    @Default("32")
                    @Range(min = 1, max = 1000)
                    int concurrency)
            implements AuthenticatorSettings {
        /** Leaves the parameters out. */
        @Override
        public String toString() {
            return "Plugin[name=" + name + "]";
        }
    }

    /** Lets everybody in. */
    @Choice("insecure-accept-any")
    @Doc(
            "Lets everybody in, with any name and password or none. Under `console`, the doors"
                    + " then listen on loopback only, unless an address is written. Under"
                    + " `tunnel`, the listeners stay where they are: on all addresses, unless some"
                    + " are written.")
    record InsecureAcceptAny() implements AuthenticatorSettings {}
}
