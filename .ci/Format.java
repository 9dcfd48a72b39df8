import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs google-java-format over every Java source below a folder, on the JDK that runs this file:
 * Maven's own may be too old for the syntax in use.
 *
 * <p>Arguments: {@code check | apply}, the formatter's jar, the root folder.
 */
final class Format {
    public static void main(String[] args) throws IOException, InterruptedException {
        boolean check = args[0].equals("check");
        Path root = Path.of(args[2]);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", args[1], "--aosp"));
        command.addAll(check ? List.of("--dry-run", "--set-exit-if-changed") : List.of("--replace"));
        int fixed = command.size();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !root.relativize(file).toString().contains("target/"))
                    .filter(file -> !root.relativize(file).startsWith(".ci"))
                    .map(Path::toString)
                    .sorted()
                    .forEach(command::add);
        }
        if (command.size() == fixed) {
            return;
        }
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            System.err.println(
                    "The files named above are not formatted. Mend them with: mvn validate -N -Dformat");
            System.exit(exit);
        }
    }
}
