package org.outpost.server.configuration.binding;

import org.outpost.server.configuration.binding.Value.Empty;
import org.outpost.server.configuration.binding.Value.Entry;
import org.outpost.server.configuration.binding.Value.Mapping;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a configuration: the file, environment variables over it, flags over both. Every value from
 * a variable or a flag is YAML too, so a list can be given as {@code [a, b]}.
 */
public final class ConfigurationReader {
    static final String DEFAULTS = "defaults";
    static final String VARIABLE = "environment variable ";
    static final String FLAG = "--set ";

    private final Path home;
    private final Path workingFolder;

    /**
     * Prepares to read.
     *
     * @param home what relative paths in defaults are relative to
     * @param workingFolder what relative paths in variables and flags are relative to; in a file
     *     they are relative to its folder
     */
    public ConfigurationReader(Path home, Path workingFolder) {
        this.home = home;
        this.workingFolder = workingFolder;
    }

    /**
     * What was read.
     *
     * @param settings the record asked for
     * @param origins where each key that is not a default was written
     * @param ignored environment variables that look like ours, but name no key
     */
    public record Effective<T>(T settings, Map<String, Origin> origins, List<String> ignored) {
        /** Where a key was written; the file as a whole when it is a default. */
        public Origin origin(String path) {
            return origins.getOrDefault(path, new Origin(DEFAULTS, 0));
        }
    }

    /**
     * Reads all sources and binds them.
     *
     * @param type the record to make
     * @param file the configuration file, if there is one
     * @param withoutFile values by key that are defaults when there is no file
     * @param environment the environment variables
     * @param flags texts such as {@code http-proxy.port=8081}
     * @throws ConfigurationException with all that is wrong
     */
    public <T extends Record> Effective<T> read(
            Class<T> type,
            Optional<Path> file,
            Map<String, String> withoutFile,
            Map<String, String> environment,
            List<String> flags)
            throws ConfigurationException {
        List<Problem> problems = new ArrayList<>();
        Map<String, Origin> origins = new HashMap<>();
        Mapping root =
                file.map(path -> fromFile(path, problems)).orElseGet(ConfigurationReader::none);
        if (file.isEmpty()) {
            withoutFile.forEach((path, text) -> override(root, path, text, DEFAULTS, problems));
        }
        Set<String> paths = Schema.paths(type);
        List<String> ignored = overrideByVariables(root, environment, paths, problems);
        flags.forEach(flag -> overrideByFlag(root, flag, paths, problems));
        Path fileFolder =
                file.map(path -> path.toAbsolutePath().normalize().getParent())
                        .orElse(workingFolder);
        Object settings =
                new Binder(new Scalars(fileFolder, workingFolder, home), problems, origins)
                        .record(root, type, "", false);
        if (settings == null || !problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new Effective<>(type.cast(settings), Map.copyOf(origins), ignored);
    }

    private static Mapping none() {
        return Mapping.empty(new Origin(DEFAULTS, 0));
    }

    private static Mapping fromFile(Path file, List<Problem> problems) {
        Origin whole = new Origin(file.toString(), 0);
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            problems.add(new Problem(whole, "", "there is no such file"));
            return none();
        } catch (CharacterCodingException e) {
            problems.add(new Problem(whole, "", "not UTF-8 text"));
            return none();
        } catch (IOException e) {
            problems.add(new Problem(whole, "", "cannot be read: " + e));
            return none();
        }
        return switch (new YamlSource(file.toString(), true, problems).read(text)) {
            case Mapping mapping -> mapping;
            case Empty empty -> Mapping.empty(empty.origin());
            case Value other -> {
                problems.add(
                        new Problem(
                                other.origin(),
                                "",
                                "holds " + other.kind() + ", expected keys with values"));
                yield none();
            }
        };
    }

    private List<String> overrideByVariables(
            Mapping root,
            Map<String, String> environment,
            Set<String> paths,
            List<Problem> problems) {
        Map<String, String> byVariable = new HashMap<>();
        paths.forEach(path -> byVariable.put(Names.variable(path), path));
        List<String> ignored = new ArrayList<>();
        environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("OUTPOST_"))
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        variable -> {
                            String path = byVariable.get(variable.getKey());
                            if (path == null) {
                                ignored.add(variable.getKey());
                            } else {
                                String source = VARIABLE + variable.getKey();
                                override(root, path, variable.getValue(), source, problems);
                            }
                        });
        return List.copyOf(ignored);
    }

    private void overrideByFlag(
            Mapping root, String flag, Set<String> paths, List<Problem> problems) {
        int equals = flag.indexOf('=');
        String path = equals < 0 ? flag : flag.substring(0, equals);
        String source = FLAG + flag;
        if (equals < 0) {
            problems.add(
                    new Problem(
                            new Origin(source, 0), path, "has no value; write --set KEY=VALUE"));
        } else if (!paths.contains(path)) {
            String hint =
                    Nearest.to(path, paths)
                            .map(near -> "; did you mean \"" + near + "\"?")
                            .orElse("; see docs/configuration.md");
            problems.add(new Problem(new Origin(source, 0), path, "unknown key" + hint));
        } else {
            override(root, path, flag.substring(equals + 1), source, problems);
        }
    }

    private void override(
            Mapping root, String path, String text, String source, List<Problem> problems) {
        Value value = new YamlSource(source, false, problems).read(text);
        Origin origin = new Origin(source, 0);
        String[] keys = path.split("\\.", -1);
        Mapping section = root;
        for (int i = 0; i < keys.length - 1; i++) {
            Mapping below =
                    section.get(keys[i]) instanceof Mapping there ? there : Mapping.empty(origin);
            if (section.get(keys[i]) != below) {
                section.entries().put(keys[i], new Entry(origin, below));
            }
            section = below;
        }
        section.entries().put(keys[keys.length - 1], new Entry(origin, value));
    }
}
