import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs google-java-format over the Java sources below a folder, on the JDK that runs this file:
 * Maven's own may be too old for the syntax in use. Files that were found good and have not changed
 * since are left out: the list of them lies beside the formatter's jar.
 *
 * <p>Arguments: {@code check | apply}, the formatter's jar, the root folder.
 */
final class Format {
    public static void main(String[] args) throws IOException, InterruptedException {
        boolean check = args[0].equals("check");
        Path root = Path.of(args[2]);
        Path good = Path.of(args[1] + ".good");
        Set<String> known = new HashSet<>(Files.exists(good) ? Files.readAllLines(good) : List.of());
        TreeMap<String, String> sources = sources(root);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", args[1], "--aosp"));
        command.addAll(check ? List.of("--dry-run", "--set-exit-if-changed") : List.of("--replace"));
        int fixed = command.size();
        sources.forEach(
                (file, state) -> {
                    if (!known.contains(state)) {
                        command.add(file);
                    }
                });
        if (command.size() == fixed) {
            return;
        }
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            System.err.println(
                    "The files named above are not formatted. Mend them with: mvn validate -N -Dformat");
            System.exit(exit);
        }
        // What was changed now is looked at again: the formatter may want a second round.
        if (check) {
            Files.write(good, sources.values());
        }
    }

    /** Each source, and what tells whether it has changed. */
    private static TreeMap<String, String> sources(Path root) throws IOException {
        TreeMap<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path below = root.relativize(file);
                if (file.toString().endsWith(".java")
                        && !below.toString().contains("target/")
                        && !below.startsWith(".ci")) {
                    BasicFileAttributes state =
                            Files.readAttributes(file, BasicFileAttributes.class);
                    sources.put(
                            file.toString(),
                            below + " " + state.size() + " " + state.lastModifiedTime().toMillis());
                }
            }
        }
        return sources;
    }
}
