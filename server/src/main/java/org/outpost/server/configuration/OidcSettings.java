package org.outpost.server.configuration;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;

/** An identity provider, found by OpenID Connect Discovery 1.0. */
public record OidcSettings(
        @Doc(
                        "Its issuer, such as `https://id.example.com/realms/office`; keys are found"
                            + " through `/.well-known/openid-configuration` below it. Without it:"
                            + " none.")
                @Nullable String issuer,
        @Doc("What a token must name as its audience (`aud`).") @Default("outpost") String audience,
        @Doc("The claim with the name of the user.") @Default("preferred_username")
                String userClaim,
        @Doc(
                        "The claim with the names of roles: a text or a list; a dot leads into an"
                                + " object, as in `realm_access.roles`.")
                @Default("roles")
                String rolesClaim,
        @Doc("What stands before the name of a role in that claim; others are left alone.")
                @Default("outpost-")
                String rolePrefix,
        @Doc(
                        "The claim with the tenant of the user. Without it they belong to nobody in"
                                + " particular, and their roles count for all tenants.")
                @Nullable String tenantClaim) {}
