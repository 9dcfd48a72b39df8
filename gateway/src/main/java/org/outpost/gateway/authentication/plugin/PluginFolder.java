package org.outpost.gateway.authentication.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The folder of plug-ins. Each jar in it is one unit with a class loader of its own; so is each
 * sub-folder, with all jars in that together. Other files are left alone.
 */
final class PluginFolder {
    private final Path folder;
    private final BiConsumer<Path, String> problems;

    /**
     * Names the folder.
     *
     * @param problems takes a file and what is wrong with it; that one is left out
     */
    PluginFolder(Path folder, BiConsumer<Path, String> problems) {
        this.folder = folder;
        this.problems = problems;
    }

    /**
     * Some jars that belong together.
     *
     * @param source the jar, or the folder of jars
     * @param home the folder that the jars lie in
     */
    record Unit(Path source, Path home, URLClassLoader loader) {}

    /** Opens all units, in the order of their names; none when the folder is not there. */
    List<Unit> open() {
        List<Unit> units = new ArrayList<>();
        if (!Files.isDirectory(folder) || !isTrusted(folder)) {
            return units;
        }
        ClassLoader api = new ApiOnlyClassLoader();
        for (Path entry : entries(folder)) {
            if (Files.isDirectory(entry)) {
                List<Path> jars = entries(entry).stream().filter(PluginFolder::isJar).toList();
                if (jars.isEmpty()) {
                    problems.accept(entry, "holds no jar");
                } else if (isTrusted(entry)) {
                    add(entry, entry, jars, api, units);
                }
            } else if (isJar(entry)) {
                add(entry, folder, List.of(entry), api, units);
            }
        }
        return units;
    }

    private void add(Path source, Path home, List<Path> jars, ClassLoader api, List<Unit> units) {
        URL[] places = new URL[jars.size()];
        for (int i = 0; i < places.length; i++) {
            if (!isTrusted(jars.get(i))) {
                return;
            }
            try {
                places[i] = jars.get(i).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException("every file has a URL", e);
            }
        }
        units.add(new Unit(source, home, new URLClassLoader(source.toString(), places, api)));
    }

    private static boolean isJar(Path file) {
        return file.getFileName().toString().endsWith(".jar") && Files.isRegularFile(file);
    }

    private List<Path> entries(Path parent) {
        try (Stream<Path> all = Files.list(parent)) {
            return all.sorted().toList();
        } catch (IOException e) {
            problems.accept(parent, "cannot be listed: " + e.getClass().getSimpleName());
            return List.of();
        }
    }

    /** Code that anybody may write would run with the server's rights. */
    private boolean isTrusted(Path path) {
        try {
            if (!Files.getFileStore(path).supportsFileAttributeView("posix")
                    || !Files.getPosixFilePermissions(path)
                            .contains(PosixFilePermission.OTHERS_WRITE)) {
                return true;
            }
            problems.accept(
                    path, "may be changed by everybody, so it is not loaded; run chmod o-w on it");
        } catch (IOException e) {
            problems.accept(path, "cannot be looked at: " + e.getClass().getSimpleName());
        }
        return false;
    }
}
