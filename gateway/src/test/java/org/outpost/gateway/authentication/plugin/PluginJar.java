package org.outpost.gateway.authentication.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import org.outpost.authenticator.AuthenticatorProvider;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes plug-ins as others would: compiled against the jar of the API alone. */
final class PluginJar {
    private PluginJar() {}

    /** Compiles one class that is called {@code Provider}, and puts it into a jar. */
    static Path of(Path jar, String source) throws IOException {
        Path classes = Files.createTempDirectory(jar.toAbsolutePath().getParent(), ".classes");
        compile(source, classes);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.list(classes)) {
            out.putNextEntry(
                    new JarEntry("META-INF/services/" + AuthenticatorProvider.class.getName()));
            out.write("Provider\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            for (Path file : files.sorted().toList()) {
                out.putNextEntry(new JarEntry(file.getFileName().toString()));
                Files.copy(file, out);
            }
        }
        try (Stream<Path> files = Files.list(classes)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(classes);
        return jar;
    }

    private static void compile(String source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean good =
                    compiler.getTask(
                                    messages,
                                    files,
                                    null,
                                    List.of(
                                            "-d",
                                            classes.toString(),
                                            "-cp",
                                            api().toString(),
                                            "-proc:none"),
                                    null,
                                    List.of(new Source(source)))
                            .call();
            assertThat(good).as(messages.toString()).isTrue();
        }
    }

    private static Path api() {
        try {
            return Path.of(
                    AuthenticatorProvider.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A provider whose authenticator does this with {@code credentials} and {@code parameters}. */
    static String source(String name, String body) {
        return """
        import org.outpost.authenticator.*;
        public class Provider implements AuthenticatorProvider {
            public String name() { return "%s"; }
            public Authenticator create(String parameters, AuthenticatorContext context)
                    throws Exception {
                return credentials -> { %s };
            }
        }
        """
                .formatted(name, body);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Provider.java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
