package org.outpost.server.web.secret;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.access.secret.KeyFileException;
import org.outpost.access.secret.Rotation;
import org.outpost.access.secret.Vault;
import org.outpost.server.web.Answers;
import org.outpost.server.web.security.Needs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The keys under which passwords of devices are encrypted in the database. */
@RestController
@RequestMapping("/api/v1/secrets")
public final class SecretController {
    private static final Logger log = LoggerFactory.getLogger(SecretController.class);

    /** A hundred thousand secrets take some seconds; a database that is slow, longer. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Vault vault;

    /** Rotates the keys of this vault. */
    public SecretController(Vault vault) {
        this.vault = vault;
    }

    /**
     * What is wrong with the keys.
     *
     * @param missing how many secrets are encrypted with keys that the key file does not hold, by
     *     the key's id
     */
    record KeysView(Map<String, Long> missing) {}

    /** Whether the key file holds every key that is needed. */
    @GetMapping("/keys")
    @Needs(value = Verb.ADMIN, over = Needs.Over.EVERYTHING)
    KeysView keys() {
        return new KeysView(Answers.await(vault.missingKeys()));
    }

    /** Makes a new key, encrypts everything under it, and takes the old keys out of the file. */
    @PostMapping("/rotate")
    @Needs(value = Verb.ADMIN, over = Needs.Over.EVERYTHING)
    Rotation rotateKeys() {
        try {
            Rotation done =
                    vault.rotate()
                            .toCompletableFuture()
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            log.atInfo()
                    .addKeyValue("key", done.key())
                    .addKeyValue("secrets", done.encrypted())
                    .addKeyValue("unreadable", done.unreadable())
                    .log("the keys of stored passwords were rotated; back the key file up");
            return done;
        } catch (ExecutionException e) {
            throw refusal(e.getCause());
        } catch (TimeoutException e) {
            throw Answers.problem(
                    HttpStatus.GATEWAY_TIMEOUT,
                    "The rotation takes longer than %d minutes and goes on; look at the server's log."
                            .formatted(PATIENCE.toMinutes()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Answers.problem(HttpStatus.SERVICE_UNAVAILABLE, "The server is stopping.");
        }
    }

    private static ErrorResponseException refusal(@Nullable Throwable cause) {
        return switch (cause) {
            case KeyFileException file ->
                    Answers.problem(HttpStatus.CONFLICT, String.valueOf(file.getMessage()));
            case IllegalStateException busy ->
                    Answers.problem(
                            HttpStatus.CONFLICT,
                            "A rotation is under way already; wait until it is done.");
            case null, default -> {
                log.atError().setCause(cause).log("the keys of stored passwords were not rotated");
                yield Answers.problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The keys were not rotated, or not for all secrets; look at the server's"
                                + " log and try again.");
            }
        };
    }
}
