package org.outpost.it.support;

import org.outpost.testkit.process.Command;
import org.outpost.testkit.process.OutpostProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Builds the plug-in of docs/plugins.md with the JDK's tools, as its page says. */
public final class PluginBuild {
    private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    private PluginBuild() {}

    /** Makes the jar of the page's example; its plug-in is called {@code shift}. */
    public static void example(Path work, Path jar) throws IOException {
        Path root =
                Objects.requireNonNull(
                        OutpostProcess.launcher().toAbsolutePath().normalize().getParent());
        Matcher example = EXAMPLE.matcher(Files.readString(root.resolve("docs/plugins.md")));
        if (!example.find()) {
            throw new IllegalStateException("docs/plugins.md has no example");
        }
        Path source = Files.writeString(work.resolve("Shift.java"), example.group(1));
        Path services = work.resolve("classes/META-INF/services");
        Files.createDirectories(services);
        Files.writeString(
                services.resolve("org.outpost.authenticator.AuthenticatorProvider"), "Shift\n");
        String classes = work.resolve("classes").toString();
        tool("javac", "-cp", api(root).toString(), "-d", classes, source.toString());
        Files.createDirectories(jar.getParent());
        tool("jar", "--create", "--file", jar.toString(), "-C", classes, ".");
    }

    private static Path api(Path root) throws IOException {
        try (Stream<Path> jars = Files.list(root.resolve("server/target/outpost/lib"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("authenticator-api-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void tool(String name, String... arguments) {
        String program = Path.of(System.getProperty("java.home"), "bin", name).toString();
        Command.of(Stream.concat(Stream.of(program), Stream.of(arguments)).toArray(String[]::new))
                .run()
                .succeeded();
    }
}
