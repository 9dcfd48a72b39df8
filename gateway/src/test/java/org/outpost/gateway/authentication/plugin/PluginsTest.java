package org.outpost.gateway.authentication.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.authenticator.Authenticator;
import org.outpost.authenticator.AuthenticatorContext.Audience;
import org.outpost.authenticator.Credentials;
import org.outpost.authenticator.Verdict;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

final class PluginsTest {
    private static final PluginLimits LIMITS = new PluginLimits(Duration.ofSeconds(20), 4);
    private static final PluginLimits HASTY = new PluginLimits(Duration.ofMillis(200), 1);

    @TempDir Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private Plugins plugins() {
        Plugins plugins = Plugins.in(folder, folder);
        open.add(plugins);
        return plugins;
    }

    private Authenticator made(String name, String parameters, PluginLimits limits)
            throws PluginException {
        Authenticator made = plugins().create(name, parameters, Audience.DEVICES, limits);
        open.add(made);
        return made;
    }

    private Authenticator doing(String body, PluginLimits limits) throws Exception {
        PluginJar.of(folder.resolve("one.jar"), PluginJar.source("one", body));
        return made("one", "p@rameter", limits);
    }

    private static Credentials credentials(String user, String password) {
        return new Credentials(user, password, null, null, InetAddress.getLoopbackAddress());
    }

    @Test
    void aPluginFromAJarDecides() throws Exception {
        Authenticator authenticator =
                doing(
                        """
                        return credentials.password().equals(parameters)
                                ? new Verdict.Accepted("plug-in:" + credentials.user())
                                : new Verdict.Refused("other");
                        """,
                        LIMITS);

        assertThat(authenticator.authenticate(credentials("pc", "p@rameter")))
                .isEqualTo(new Verdict.Accepted("plug-in:pc"));
        assertThat(authenticator.authenticate(credentials("pc", "wrong")))
                .isEqualTo(new Verdict.Refused("other"));
    }

    @Test
    void twoUsesOfOnePluginHaveParametersOfTheirOwn() throws Exception {
        PluginJar.of(
                folder.resolve("one.jar"),
                PluginJar.source("one", "return new Verdict.Accepted(parameters);"));
        Plugins plugins = plugins();
        Authenticator devices = plugins.create("one", "left", Audience.DEVICES, LIMITS);
        open.add(devices);
        Authenticator consoles = plugins.create("one", "right", Audience.CONSOLES, LIMITS);
        open.add(consoles);

        assertThat(devices.authenticate(credentials("", "")))
                .isEqualTo(new Verdict.Accepted("left"));
        assertThat(consoles.authenticate(credentials("", "")))
                .isEqualTo(new Verdict.Accepted("right"));
    }

    @Test
    void jarsOfAFolderBelongTogetherAndPluginsDoNotSeeEachOtherNorTheServer() throws Exception {
        Path apart = Files.createDirectory(folder.resolve("apart"));
        String classes =
                """
                try {
                    Class.forName("%s");
                    return new Verdict.Accepted("seen");
                } catch (ClassNotFoundException e) {
                    return new Verdict.Refused("hidden");
                }
                """;
        PluginJar.of(
                apart.resolve("a.jar"),
                PluginJar.source(
                        "a",
                        classes.formatted(
                                "org.outpost.gateway.authentication.AuthenticatorChain")));
        PluginJar.of(
                folder.resolve("b.jar"),
                PluginJar.source("b", classes.formatted("io.netty.util.Timer")));
        Plugins plugins = plugins();

        assertThat(plugins.names()).containsExactly("a", "b");
        assertThat(plugins.problems()).isEmpty();
        for (String name : plugins.names()) {
            Authenticator made = plugins.create(name, "", Audience.CONSOLES, LIMITS);
            open.add(made);
            assertThat(made.authenticate(credentials("", "")))
                    .isEqualTo(new Verdict.Refused("hidden"));
        }
    }

    @Test
    void whatIsMissingIsNamedWithWhatIsThere() throws Exception {
        assertThatThrownBy(() -> Plugins.in(folder.resolve("gone"), folder).check("corp"))
                .hasMessage(
                        "there is no plug-in \"corp\"; the folder %s does not exist",
                        folder.resolve("gone"));

        PluginJar.of(
                folder.resolve("corporate.jar"), PluginJar.source("corporate", "return null;"));
        Files.writeString(folder.resolve("broken.jar"), "no archive");
        Files.createDirectory(folder.resolve("empty"));
        Files.writeString(folder.resolve("notes.txt"), "left alone");
        assertThatThrownBy(() -> plugins().check("corp"))
                .hasMessageStartingWith("there is no plug-in \"corp\"; found: corporate; ")
                .hasMessageContaining(folder.resolve("broken.jar") + " ")
                .hasMessageContaining(folder.resolve("empty") + " holds no jar")
                .hasMessageNotContaining("notes.txt");
    }

    @Test
    void twoPluginsOfOneNameAreAnError() throws Exception {
        PluginJar.of(folder.resolve("a.jar"), PluginJar.source("same", "return null;"));
        PluginJar.of(folder.resolve("b.jar"), PluginJar.source("same", "return null;"));

        assertThatThrownBy(() -> plugins().check("same"))
                .hasMessageContaining("several plug-ins")
                .hasMessageContaining("a.jar")
                .hasMessageContaining("b.jar");
    }

    @Test
    void codeThatEverybodyMayChangeIsNotLoaded() throws Exception {
        Path jar = PluginJar.of(folder.resolve("a.jar"), PluginJar.source("a", "return null;"));
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThatThrownBy(() -> plugins().check("a")).hasMessageContaining("chmod o-w");
    }

    @Test
    void parametersThatCannotBeUsedAreExplainedAndOtherFailuresOnlyNamed() throws Exception {
        String source =
                """
                import org.outpost.authenticator.*;
                public class Provider implements AuthenticatorProvider {
                    public String name() { return "strict"; }
                    public Authenticator create(String parameters, AuthenticatorContext context)
                            throws Exception {
                        switch (parameters) {
                            case "": throw new InvalidParametersException("write url=…");
                            case "null": return null;
                            case "link": throw new NoClassDefFoundError("s3cret");
                            default: throw new IllegalStateException(parameters);
                        }
                    }
                }
                """;
        PluginJar.of(folder.resolve("strict.jar"), source);

        assertThatThrownBy(() -> made("strict", "", LIMITS))
                .hasMessage("the plug-in \"strict\" cannot use its parameters: write url=…");
        assertThatThrownBy(() -> made("strict", "null", LIMITS)).hasMessageContaining("gave null");
        for (String parameters : List.of("link", "s3cret")) {
            assertThatThrownBy(() -> made("strict", parameters, LIMITS))
                    .hasMessageContaining("cannot be made: it threw java.lang.")
                    .hasMessageNotContaining("s3cret")
                    .hasNoCause();
        }
    }

    @Test
    void whateverAPluginDoesCountsAsUnavailable() throws Exception {
        Authenticator wild =
                doing(
                        """
                        switch (credentials.user()) {
                            case "throws": throw new IllegalStateException(credentials.password());
                            case "links wrongly": throw new NoSuchMethodError("gone");
                            case "recurses": throw new StackOverflowError();
                            case "null": return null;
                            case "null principal": return new Verdict.Accepted(null);
                            default: return new Verdict.Accepted("fine");
                        }
                        """,
                        LIMITS);

        for (String user :
                List.of("throws", "links wrongly", "recurses", "null", "null principal")) {
            assertThat(wild.authenticate(credentials(user, "s3cret")))
                    .as(user)
                    .isInstanceOfSatisfying(
                            Verdict.Unavailable.class,
                            answer -> assertThat(answer.reason()).doesNotContain("s3cret"));
        }
        assertThat(wild.authenticate(credentials("", ""))).isEqualTo(new Verdict.Accepted("fine"));
    }

    @Test
    void aReasonRepeatsNoPassword() throws Exception {
        Authenticator talkative =
                doing("return new Verdict.Refused(\"wrong: \" + credentials.password());", LIMITS);

        assertThat(talkative.authenticate(credentials("pc", "s3cret")))
                .isEqualTo(new Verdict.Refused("wrong: ***"));
    }

    @Test
    void aPluginThatHangsIsInterruptedAndServesTheNext() throws Exception {
        Authenticator slow =
                doing(
                        """
                        if (credentials.user().equals("slow")) { Thread.sleep(600_000); }
                        return new Verdict.Accepted("fine");
                        """,
                        HASTY);

        assertThat(slow.authenticate(credentials("slow", "x")))
                .isEqualTo(new Verdict.Unavailable("plug-in \"one\" gave no answer within 200 ms"));
        await().untilAsserted(
                        () ->
                                assertThat(slow.authenticate(credentials("quick", "x")))
                                        .isEqualTo(new Verdict.Accepted("fine")));
    }

    @Test
    void aPluginThatIgnoresInterruptsKeepsItsOwnPlacesOnlyAndIsNotAskedMeanwhile()
            throws Exception {
        String name = "outpost.test.release." + System.nanoTime();
        Authenticator stubborn =
                doing(
                        """
                        if (credentials.user().equals("stuck")) {
                            while (System.getProperty("%s") == null) { Thread.onSpinWait(); }
                        }
                        return new Verdict.Accepted("fine");
                        """
                                .formatted(name),
                        HASTY);
        try {
            assertThat(stubborn.authenticate(credentials("stuck", "x")))
                    .isInstanceOf(Verdict.Unavailable.class);
            assertThat(stubborn.authenticate(credentials("quick", "x")))
                    .isEqualTo(
                            new Verdict.Unavailable(
                                    "plug-in \"one\" does not answer: all its calls hang"));
        } finally {
            System.setProperty(name, "");
        }
        await().untilAsserted(
                        () ->
                                assertThat(stubborn.authenticate(credentials("quick", "x")))
                                        .isEqualTo(new Verdict.Accepted("fine")));
        System.clearProperty(name);
    }

    @Test
    void noMoreCallsRunAtOnceThanAllowed() throws Exception {
        Authenticator counting =
                doing(
                        """
                        synchronized (context) {}
                        Thread.sleep(20);
                        return new Verdict.Accepted(
                                String.valueOf(java.util.Arrays.stream(
                                                Thread.getAllStackTraces().values().toArray(
                                                        new StackTraceElement[0][]))
                                        .filter(t -> java.util.Arrays.stream(t).anyMatch(
                                                f -> f.getClassName().equals("Provider")))
                                        .count()));
                        """,
                        new PluginLimits(Duration.ofSeconds(30), 2));
        List<Long> seen = java.util.Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    if (counting.authenticate(credentials("u", "p"))
                                            instanceof Verdict.Accepted(String count)) {
                                        seen.add(Long.parseLong(count));
                                    }
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                } finally {
                                    done.countDown();
                                }
                            });
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).hasSize(20).allMatch(count -> count <= 2);
    }
}
