package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

import java.time.Duration;
import java.util.List;

/** Who signs in to the API besides the users that are kept here (docs/access.md). */
public record AccessSettings(
        @Doc("How long a sign-in is good.")
                @Default("12h")
                @Range(min = 60_000, max = 2_592_000_000L)
                Duration session,
        @Doc(
                        "Who is asked about people that have no password here, such as `{type:"
                            + " ldap, …}`; the first that knows them decides. Without any: nobody.")
                List<AuthenticatorSettings> authenticators,
        @Doc(
                        "The role, for all devices, of somebody who is accepted by"
                            + " `access.authenticators` for the first time. Without it only those"
                            + " sign in that were made users before (`POST /api/v1/users` without a"
                            + " password).")
                @Nullable String firstRole,
        @Doc("An OpenID Connect provider whose tokens count as a sign-in.") OidcSettings oidc) {}
