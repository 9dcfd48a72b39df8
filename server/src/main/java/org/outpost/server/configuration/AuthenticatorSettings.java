package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Choice;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.MustExist;

import java.nio.file.Path;

/** Who decides whether somebody may sign in. */
public sealed interface AuthenticatorSettings {
    /** A file of user names and passwords. */
    @Choice("password-file")
    @Doc(
            "Users and passwords in a text file, one `user:password` a line; `#` starts a comment."
                    + " Read again when it changes.")
    record PasswordFile(@Doc("The file.") @MustExist Path file) implements AuthenticatorSettings {}

    /** Lets everybody in. */
    @Choice("insecure-accept-any")
    @Doc(
            "Lets everybody in, with any name and password or none. Under `console`, the doors"
                    + " then listen on loopback only, unless an address is written. Under"
                    + " `tunnel`, the listeners stay where they are: on all addresses, unless some"
                    + " are written.")
    record InsecureAcceptAny() implements AuthenticatorSettings {}
}
