package org.outpost.server.configuration.binding;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Value.Scalar;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns single values into the types of record components. */
final class Scalars {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");
    private static final Map<String, Long> UNIT_MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private final Path fileFolder;
    private final Path workingFolder;
    private final Path home;

    /**
     * Prepares to convert.
     *
     * @param fileFolder what relative paths in the file are relative to
     * @param workingFolder what relative paths in variables and flags are relative to
     * @param home what relative paths in defaults are relative to
     */
    Scalars(Path fileFolder, Path workingFolder, Path home) {
        this.fileFolder = fileFolder;
        this.workingFolder = workingFolder;
        this.home = home;
    }

    /** A value that does not fit; the message says what to write. */
    static final class Unfit extends Exception {
        private final String advice;

        Unfit(String advice) {
            super(advice);
            this.advice = advice;
        }

        String advice() {
            return advice;
        }
    }

    static boolean handles(Class<?> type) {
        return type == int.class
                || type == Integer.class
                || type == boolean.class
                || type == String.class
                || type == Duration.class
                || type == Path.class
                || type == InetAddress.class
                || type == Subnet.class
                || type == AuthoritySource.class
                || type.isEnum();
    }

    Object convert(Scalar scalar, Class<?> type, @Nullable Range range, boolean isDefault)
            throws Unfit {
        String text = scalar.text();
        if (type == int.class || type == Integer.class) {
            return integer(scalar, range);
        }
        if (type == boolean.class) {
            return flag(scalar);
        }
        if (type == Duration.class) {
            return duration(text, range);
        }
        if (type == Path.class) {
            return path(text, isDefault ? home : folder(scalar.origin()));
        }
        if (type == AuthoritySource.class) {
            return AuthoritySource.WORDS.contains(text)
                    ? new AuthoritySource(text, null)
                    : new AuthoritySource(text, path(text, folder(scalar.origin())));
        }
        if (type == InetAddress.class) {
            return address(text);
        }
        if (type == Subnet.class) {
            return subnet(text);
        }
        return type.isEnum() ? constant(text, type) : text;
    }

    private static Integer integer(Scalar scalar, @Nullable Range range) throws Unfit {
        if (scalar.quoted() || !INTEGER.matcher(scalar.text()).matches()) {
            throw new Unfit(scalar.kind() + " is not a number; write it in digits, without quotes");
        }
        long number = Long.parseLong(scalar.text());
        long min = range == null ? Integer.MIN_VALUE : range.min();
        long max = range == null ? Integer.MAX_VALUE : range.max();
        if (number < min || number > max) {
            throw new Unfit(number + " is out of range; write " + min + " to " + max);
        }
        return (int) number;
    }

    private static Boolean flag(Scalar scalar) throws Unfit {
        return switch (scalar.quoted() ? "" : scalar.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Unfit(scalar.kind() + " is neither true nor false; write one");
        };
    }

    private static Duration duration(String text, @Nullable Range range) throws Unfit {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new Unfit(
                    '"'
                            + text
                            + "\" is not a duration; write a number with its unit, such as"
                            + " 500ms, 10s, 5m, 1h or 1d");
        }
        long millis =
                Long.parseLong(matcher.group(1)) * UNIT_MILLIS.getOrDefault(matcher.group(2), 1L);
        if (range != null && (millis < range.min() || millis > range.max())) {
            throw new Unfit(
                    text
                            + " is out of range; write "
                            + write(Duration.ofMillis(range.min()))
                            + " to "
                            + write(Duration.ofMillis(range.max())));
        }
        return Duration.ofMillis(millis);
    }

    private Path folder(Origin origin) {
        return origin.isInFile() ? fileFolder : workingFolder;
    }

    private static Path path(String text, Path base) throws Unfit {
        if (text.isEmpty() || text.indexOf('\0') >= 0) {
            throw new Unfit("not a path");
        }
        return base.resolve(text).toAbsolutePath().normalize();
    }

    static void mustExist(Path path) throws Unfit {
        if (!Files.exists(path)) {
            throw new Unfit("there is no file " + path + "; make it, or write where it is");
        }
        if (!Files.isRegularFile(path)) {
            throw new Unfit(path + " is not a file");
        }
        if (!Files.isReadable(path)) {
            throw new Unfit(path + " cannot be read; mend its owner or mode");
        }
    }

    private static InetAddress address(String text) throws Unfit {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new Unfit(
                    '"'
                            + text
                            + "\" is not an address; write one in digits, such as 127.0.0.1,"
                            + " 0.0.0.0 or \"::1\"");
        }
    }

    private static Subnet subnet(String text) throws Unfit {
        try {
            return Subnet.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Unfit(
                    '"'
                            + text
                            + "\" is not a range of addresses; write one such as 10.0.0.0/8 or"
                            + " \"2001:db8::/32\"");
        }
    }

    private static Enum<?> constant(String text, Class<?> type) throws Unfit {
        for (Object candidate : type.getEnumConstants()) {
            if (Names.word((Enum<?>) candidate).equals(text)) {
                return (Enum<?>) candidate;
            }
        }
        throw new Unfit(
                '"'
                        + text
                        + "\" is not one of the words known here; write one of: "
                        + Names.words(type));
    }

    /** The text that reads back as the same value. */
    static String write(Object value) {
        return switch (value) {
            case Duration duration -> write(duration);
            case InetAddress address -> address.getHostAddress();
            case Enum<?> constant -> Names.word(constant);
            default -> value.toString();
        };
    }

    private static String write(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        for (String unit : new String[] {"d", "h", "m"}) {
            long size = UNIT_MILLIS.getOrDefault(unit, 1L);
            if (millis > 0 && millis % size == 0) {
                return String.format(Locale.ROOT, "%d%s", millis / size, unit);
            }
        }
        return millis / 1_000 + "s";
    }
}
