package org.outpost.server.web.image;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Caller;
import org.outpost.access.right.Verb;
import org.outpost.amt.redirection.RedirectionException;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.ider.IderSettings.Attach;
import org.outpost.amt.redirection.ider.IderStatistics;
import org.outpost.server.image.ImageStore;
import org.outpost.server.image.Mount;
import org.outpost.server.image.Mounts;
import org.outpost.server.image.StoredImage;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.audit.ActionNote;
import org.outpost.server.web.relay.RelayTargets;
import org.outpost.server.web.security.Needs;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Images of the server as drives of devices. */
@RestController
@RequestMapping("/api/v1/devices/{guid}/mount")
public final class MountController {
    private static final long PATIENCE_SECONDS = 60;

    private final Mounts mounts;
    private final ImageStore images;
    private final RelayTargets targets;

    /** Mounts these images. */
    public MountController(Mounts mounts, ImageStore images, RelayTargets targets) {
        this.mounts = mounts;
        this.images = images;
        this.targets = targets;
    }

    /**
     * What to mount.
     *
     * @param cd name of an image for the CD drive
     * @param floppy name of an image for the floppy drive
     * @param attach {@code now}, {@code idle} or {@code reset}: when the drives appear
     */
    record MountRequest(@Nullable String cd, @Nullable String floppy, @Nullable String attach) {}

    /** A mount, and what the device has read of it. */
    record MountView(
            @Nullable String cd,
            @Nullable String floppy,
            String user,
            Instant since,
            long commands,
            long bytesRead,
            long resets) {
        static MountView of(Mount mount) {
            IderStatistics so = mount.session().statistics();
            return new MountView(
                    mount.cd(),
                    mount.floppy(),
                    mount.user(),
                    mount.since(),
                    so.commands(),
                    so.cdBytes() + so.floppyBytes(),
                    so.resets());
        }
    }

    @GetMapping
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    MountView mountOfDevice(@PathVariable String guid) {
        return mounts.of(Answers.uuid("guid", guid))
                .map(MountView::of)
                .orElseThrow(MountController::nothing);
    }

    /** Puts images into the drives; they stay until they are taken out. */
    @PostMapping
    @Needs(value = Verb.REDIRECT, over = Needs.Over.DEVICE)
    @ResponseStatus(HttpStatus.CREATED)
    MountView mount(@PathVariable String guid, @RequestBody MountRequest wanted, Caller caller) {
        UUID device = Answers.uuid("guid", guid);
        Attach attach = attach(wanted.attach());
        if (wanted.cd() == null && wanted.floppy() == null) {
            throw Answers.invalid(
                    Invalid.inBody("cd", "Name an image for the CD or for the floppy drive"));
        }
        StoredImage cd = image("cd", wanted.cd(), 2048, caller);
        StoredImage floppy = image("floppy", wanted.floppy(), 512, caller);
        ActionNote.target(wanted.cd() == null ? String.valueOf(wanted.floppy()) : wanted.cd());
        RelayTargets.Target target =
                switch (Answers.await(
                        targets.find(
                                device,
                                new RelayTargets.Purpose(
                                        RedirectionKind.IDER, caller.user(), null)))) {
                    case RelayTargets.Target found -> found;
                    case RelayTargets.NoWay(String reason) ->
                            throw Answers.problem(HttpStatus.NOT_FOUND, reason + ".");
                };
        return MountView.of(
                mounted(target, new Mounts.Wanted(device, cd, floppy, attach, caller.user())));
    }

    private static Attach attach(@Nullable String text) {
        return switch (text) {
            case null -> Attach.AT_ONCE;
            case "now" -> Attach.AT_ONCE;
            case "idle" -> Attach.GRACEFUL;
            case "reset" -> Attach.AT_RESET;
            default ->
                    throw Answers.invalid(Invalid.inBody("attach", "attach is now, idle or reset"));
        };
    }

    private @Nullable StoredImage image(
            String field, @Nullable String name, int blockSize, Caller caller) {
        if (name == null) {
            return null;
        }
        try {
            StoredImage image =
                    images.find(caller.tenant(), name)
                            .orElseThrow(
                                    () ->
                                            Answers.invalid(
                                                    Invalid.inBody(
                                                            field,
                                                            "There is no such image; see GET"
                                                                    + " /api/v1/images")));
            if (image.size() < blockSize) {
                throw Answers.invalid(Invalid.inBody(field, "This image has not even one block"));
            }
            return image;
        } catch (IOException e) {
            throw unreadable();
        }
    }

    private Mount mounted(RelayTargets.Target target, Mounts.Wanted wanted) {
        try {
            return mounts.mount(target, wanted)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .orElseThrow(
                            () ->
                                    Answers.problem(
                                            HttpStatus.CONFLICT,
                                            "This device's drives are taken already; end that with"
                                                    + " DELETE of its mount, or of its session in"
                                                    + " /api/v1/sessions."));
        } catch (IOException e) {
            throw unreadable();
        } catch (ExecutionException e) {
            throw Answers.problem(
                    HttpStatus.BAD_GATEWAY,
                    "The drives were not mounted: "
                            + (e.getCause() instanceof RedirectionException known
                                    ? known.failure().text()
                                    : "the session with the device failed")
                            + ".");
        } catch (TimeoutException e) {
            throw Answers.problem(
                    HttpStatus.GATEWAY_TIMEOUT, "The device did not take the drives in time.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Answers.problem(HttpStatus.SERVICE_UNAVAILABLE, "The server is stopping.");
        }
    }

    private static ErrorResponseException unreadable() {
        return Answers.problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The image cannot be read; look at the server's folder of images.");
    }

    /** Takes the images out. */
    @DeleteMapping
    @Needs(value = Verb.REDIRECT, over = Needs.Over.DEVICE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unmount(@PathVariable String guid) {
        if (!mounts.end(Answers.uuid("guid", guid))) {
            throw nothing();
        }
    }

    private static ErrorResponseException nothing() {
        return Answers.problem(
                HttpStatus.NOT_FOUND, "The server has mounted nothing on this device.");
    }
}
