package org.outpost.server.web.security;

import org.jspecify.annotations.Nullable;
import org.outpost.access.AccessControl;
import org.outpost.access.Names;
import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceGroup;
import org.outpost.access.right.Grant;
import org.outpost.access.right.Scope;
import org.outpost.gateway.door.OncePerMinute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Callers whom an OpenID Connect provider vouches for. Its keys are found by discovery at the first
 * token, and again when they change. The signature, issuer, audience and times of a token are
 * checked; its roles are those whose names are roles here.
 */
public final class OidcProvider implements IdentityProvider {
    private static final Logger log = LoggerFactory.getLogger(OidcProvider.class);

    private final JwtDecoder decoder;
    private final Claims claims;
    private final AccessControl access;
    private final OncePerMinute silence = new OncePerMinute();

    /**
     * Where a token says what.
     *
     * @param audience what must be among {@code aud}
     * @param user the name of the user
     * @param roles the names of roles; dots lead into objects
     * @param rolePrefix what stands before them
     * @param tenant the tenant; null for none
     */
    public record Claims(
            String audience,
            String user,
            String roles,
            String rolePrefix,
            @Nullable String tenant) {}

    /** Vouches for users of this issuer; asks it nothing yet. */
    public OidcProvider(String issuer, Claims claims, AccessControl access) {
        this(
                new SupplierJwtDecoder(
                        () -> {
                            NimbusJwtDecoder found =
                                    NimbusJwtDecoder.withIssuerLocation(issuer).build();
                            found.setJwtValidator(
                                    new DelegatingOAuth2TokenValidator<>(
                                            JwtValidators.createDefaultWithIssuer(issuer),
                                            new JwtClaimValidator<Collection<String>>(
                                                    "aud",
                                                    audience ->
                                                            audience != null
                                                                    && audience.contains(
                                                                            claims.audience()))));
                            return found;
                        }),
                claims,
                access);
    }

    OidcProvider(JwtDecoder decoder, Claims claims, AccessControl access) {
        this.decoder = decoder;
        this.claims = claims;
        this.access = access;
    }

    @Override
    public Optional<Caller> of(String token) {
        // Anything else costs no key and no question to the provider.
        if (token.chars().filter(character -> character == '.').count() != 2) {
            return Optional.empty();
        }
        try {
            return caller(decoder.decode(token));
        } catch (JwtDecoderInitializationException e) {
            silence.happened(
                    count ->
                            log.atWarn()
                                    .addKeyValue("tokens", count)
                                    .addKeyValue("reason", e.getMessage())
                                    .log("the OpenID Connect provider cannot be asked"));
            return Optional.empty();
        } catch (JwtException e) {
            log.atDebug().addKeyValue("reason", e.getMessage()).log("a token was refused");
            return Optional.empty();
        }
    }

    private Optional<Caller> caller(Jwt token) {
        String user = token.getClaimAsString(claims.user());
        String tenant =
                claims.tenant() == null
                        ? AccessControl.PROVIDER
                        : token.getClaimAsString(claims.tenant());
        boolean unknown =
                tenant == null
                        || !access.isTenant(tenant)
                        // An empty claim must not make somebody the provider's own.
                        || (claims.tenant() != null && tenant.isEmpty());
        if (user == null || tenant == null || unknown || !Names.isUser(user)) {
            return Optional.empty();
        }
        String where = claims.tenant() == null ? Grant.EVERY_TENANT : tenant;
        List<Grant> grants =
                names(token).stream()
                        .filter(name -> name.startsWith(claims.rolePrefix()))
                        .map(name -> name.substring(claims.rolePrefix().length()))
                        .filter(role -> access.role(tenant, role).isPresent())
                        .map(role -> new Grant(role, where, DeviceGroup.ALL))
                        .toList();
        return Optional.of(new Caller(user, tenant, "oidc", access.permissions(grants), Scope.ALL));
    }

    private List<String> names(Jwt token) {
        Object value = token.getClaims();
        for (String step : claims.roles().split("\\.", -1)) {
            value = value instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return switch (value) {
            case String one -> List.of(one.split("[ ,]+", -1));
            case Collection<?> many ->
                    many.stream().filter(String.class::isInstance).map(String.class::cast).toList();
            case null, default -> List.of();
        };
    }
}
