package org.outpost.server.web.image;

import org.outpost.access.right.Caller;
import org.outpost.access.right.Verb;
import org.outpost.server.image.ImageException;
import org.outpost.server.image.ImageStore;
import org.outpost.server.image.StoredImage;
import org.outpost.server.web.Answers;
import org.outpost.server.web.Invalid;
import org.outpost.server.web.Listing;
import org.outpost.server.web.audit.ActionNote;
import org.outpost.server.web.security.Needs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/** Images of CDs and floppies that the server holds for the people of a tenant. */
@RestController
@RequestMapping(ImageController.PATH)
public final class ImageController {
    /** Where images are; longer requests are taken here than elsewhere. */
    public static final String PATH = "/api/v1/images";

    private static final Logger log = LoggerFactory.getLogger(ImageController.class);

    private final ImageStore images;

    /** Shows and changes these. */
    public ImageController(ImageStore images) {
        this.images = images;
    }

    /**
     * An image.
     *
     * @param size in bytes
     * @param uploaded whether it can be removed here; else it is in the server's own folder
     */
    record ImageView(String name, long size, Instant changed, boolean uploaded) {
        static ImageView of(StoredImage image) {
            return new ImageView(image.name(), image.size(), image.changed(), image.uploaded());
        }
    }

    @GetMapping
    @Needs(value = Verb.REDIRECT, over = Needs.Over.SOME)
    Listing<ImageView> images(Caller caller) {
        try {
            List<ImageView> all = images.all(caller.tenant()).stream().map(ImageView::of).toList();
            return new Listing<>(all, all.size());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Stores the body, of any type, in the place of an image of the same name. */
    @PutMapping("/{name}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    ResponseEntity<ImageView> putImage(
            @PathVariable String name, InputStream content, Caller caller) {
        ActionNote.target(name);
        administers(caller);
        try {
            boolean isNew = images.find(caller.tenant(), name).isEmpty();
            ImageView stored = ImageView.of(images.put(caller.tenant(), name, content));
            return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(stored);
        } catch (ImageException e) {
            String reason = String.valueOf(e.getMessage());
            throw switch (e.reason()) {
                case NAME -> Answers.invalid(Invalid.inPath("name", reason, name));
                case SIZE -> Answers.problem(HttpStatus.CONTENT_TOO_LARGE, reason);
                case ROOM -> Answers.problem(HttpStatus.INSUFFICIENT_STORAGE, reason);
            };
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @DeleteMapping("/{name}")
    @Needs(value = Verb.ADMIN, over = Needs.Over.SOME)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeImage(@PathVariable String name, Caller caller) {
        ActionNote.target(name);
        administers(caller);
        try {
            if (!images.remove(caller.tenant(), name)) {
                throw Answers.problem(
                        HttpStatus.NOT_FOUND,
                        "Nobody uploaded an image of this name; those in the server's own folder"
                                + " are removed there.");
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static void administers(Caller caller) {
        if (!caller.mayThroughout(Verb.ADMIN, caller.tenant())) {
            throw Answers.problem(
                    HttpStatus.FORBIDDEN, "This needs the right 'admin' for your whole tenant.");
        }
    }

    private static ErrorResponseException unreadable(IOException cause) {
        log.atWarn().setCause(cause).log("images cannot be read or written");
        return Answers.problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The images cannot be read or written; look at the server's log and at the room on"
                        + " its disk.");
    }
}
