package org.outpost.server.image;

import org.jspecify.annotations.Nullable;
import org.outpost.server.image.ImageException.Reason;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The images that the server holds: what the people of a tenant uploaded, in a folder of each
 * tenant, and for everybody what is in one folder that the configuration names. Nothing outside of
 * these folders is ever opened, wherever links lead. All methods block.
 */
public final class ImageStore {
    /** Of an upload that is under way. */
    private static final String UNFINISHED = ".part";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int PIECE = 1 << 16;

    /** After so many bytes an upload looks anew whether the disk has room. */
    private static final long LOOK_EVERY = 16L << 20;

    private static final int MOST = 1000;

    private final Path uploads;
    private final @Nullable Path listed;
    private final long largest;
    private final long keepFree;

    /**
     * Images in these folders.
     *
     * @param uploads made when it is needed
     * @param listed of the configuration; null for none
     * @param largest upload, in bytes
     * @param keepFree bytes of the disk that uploads leave to others, such as the database
     */
    public ImageStore(Path uploads, @Nullable Path listed, long largest, long keepFree) {
        this.uploads = uploads;
        this.listed = listed;
        this.largest = largest;
        this.keepFree = keepFree;
    }

    /**
     * Removes what uploads left behind that a crash broke off; before the first upload of this run.
     */
    public void removeUnfinished() throws IOException {
        List<Path> unfinished;
        try (Stream<Path> files = Files.find(uploads, 2, ImageStore::isUnfinished)) {
            unfinished = files.toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path file : unfinished) {
            Files.deleteIfExists(file);
        }
    }

    private static boolean isUnfinished(Path file, BasicFileAttributes attributes) {
        String name = file.getFileName().toString();
        return attributes.isRegularFile() && name.startsWith(".") && name.endsWith(UNFINISHED);
    }

    /** Whether an image can be called so: 1 to 100 letters, digits, dots, dashes, underscores. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.endsWith(UNFINISHED);
    }

    /**
     * What there is for the people of a tenant, by name; at most 1,000.
     *
     * @param tenant empty for the provider
     */
    public List<StoredImage> all(String tenant) throws IOException {
        List<StoredImage> all = new ArrayList<>(in(folder(tenant), true));
        if (listed != null) {
            for (StoredImage image : in(listed, false)) {
                if (all.stream().noneMatch(own -> own.name().equals(image.name()))) {
                    all.add(image);
                }
            }
        }
        all.sort(Comparator.comparing(StoredImage::name));
        return all.subList(0, Math.min(MOST, all.size()));
    }

    /** One of them; an uploaded one comes before one of the same name in the other folder. */
    public Optional<StoredImage> find(String tenant, String name) throws IOException {
        Optional<StoredImage> own = one(folder(tenant), name, true);
        return own.isPresent() || listed == null ? own : one(listed, name, false);
    }

    private Path folder(String tenant) {
        // Names of tenants have no underscore.
        return uploads.resolve(tenant.isEmpty() ? "_provider" : tenant);
    }

    private static List<StoredImage> in(Path folder, boolean uploaded) throws IOException {
        List<StoredImage> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.limit(MOST).toList()) {
                one(folder, file.getFileName().toString(), uploaded).ifPresent(found::add);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return found;
    }

    private static Optional<StoredImage> one(Path folder, String name, boolean uploaded)
            throws IOException {
        if (!isName(name)) {
            return Optional.empty();
        }
        try {
            Path file = folder.resolve(name).toRealPath();
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return is.isRegularFile() && file.startsWith(folder.toRealPath())
                    ? Optional.of(
                            new StoredImage(
                                    name,
                                    file,
                                    is.size(),
                                    is.lastModifiedTime().toInstant(),
                                    uploaded))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Stores an image in the place of one of the same name. What breaks off leaves nothing behind;
     * a device that reads the former one goes on reading it.
     *
     * @throws ImageException when it has no name, is too long, or the disk has no room for it
     */
    public StoredImage put(String tenant, String name, InputStream content)
            throws IOException, ImageException {
        if (!isName(name)) {
            throw new ImageException(
                    Reason.NAME,
                    "The name of an image has 1 to 100 letters, digits, dots, dashes and"
                            + " underscores, begins with a letter or digit, and does not end with "
                            + UNFINISHED
                            + ".");
        }
        Path folder = folder(tenant);
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, ".", UNFINISHED);
        try {
            copy(content, part);
            Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
        return one(folder, name, true).orElseThrow(() -> new NoSuchFileException(name));
    }

    private void copy(InputStream content, Path part) throws IOException, ImageException {
        byte[] piece = new byte[PIECE];
        long size = 0;
        long looked = -LOOK_EVERY;
        try (OutputStream out = Files.newOutputStream(part)) {
            for (int count = content.read(piece); count >= 0; count = content.read(piece)) {
                size += count;
                if (size > largest) {
                    throw new ImageException(
                            Reason.SIZE,
                            "An image may have "
                                    + largest
                                    + " bytes; images.largest in the server's configuration allows"
                                    + " more.");
                }
                if (size - looked >= LOOK_EVERY) {
                    looked = size;
                    requireRoom(part);
                }
                out.write(piece, 0, count);
            }
        }
        if (size == 0) {
            throw new ImageException(Reason.SIZE, "Send the image as the body; it was empty.");
        }
    }

    private void requireRoom(Path part) throws IOException, ImageException {
        if (Files.getFileStore(part).getUsableSpace() < keepFree) {
            throw new ImageException(
                    Reason.ROOM,
                    "The server's disk has less than "
                            + keepFree
                            + " bytes left, which images must not take. Remove images that nobody"
                            + " needs, or make room.");
        }
    }

    /** Removes an uploaded image; says whether there was one. */
    public boolean remove(String tenant, String name) throws IOException {
        return isName(name) && Files.deleteIfExists(folder(tenant).resolve(name));
    }
}
