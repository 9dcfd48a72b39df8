package org.outpost.server.demo;

import org.outpost.server.command.FakeApi;
import org.outpost.server.command.TestAuthority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the launcher of the tests starts for {@code serve} and {@code simulate}: a server whose API
 * shows the devices that the simulator noted in a file. Both note how they ended. A file called
 * {@code break-serve} or {@code break-simulate} in the folder makes them fail.
 */
final class FakeOutpost {
    private static final String UUID = "00000000-0000-4000-8000-%012d";
    private static final List<String> MOODS = List.of("dropping", "calm", "tls-1.3", "far");

    private final Path folder;

    private FakeOutpost(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        if (words.contains("--list")) {
            list(Integer.parseInt(words.get(words.indexOf("--devices") + 1)));
        } else if (words.getFirst().equals("serve")) {
            Path configuration = Path.of(words.get(words.indexOf("--config") + 1));
            new FakeOutpost(configuration.resolveSibling("")).serve();
        } else {
            Path options = Path.of(words.get(1).substring(1));
            int devices = Integer.parseInt(words.get(words.indexOf("--devices") + 1));
            new FakeOutpost(options.resolveSibling("")).simulate(devices);
        }
    }

    // As the real generations do: some with plain ports, some without.
    private static void list(int devices) {
        for (int i = 1; i <= devices; i++) {
            System.out.printf(
                    "{\"index\":%d,\"uuid\":\"%s\",\"name\":\"pc-%04d.example.test\","
                            + "\"generation\":\"%s\",\"mood\":\"%s\",\"amtVersion\":\"1.2.3.4\","
                            + "\"ports\":[%s]}%n",
                    i,
                    UUID.formatted(i),
                    i,
                    i % 3 == 0 ? "16.1" : "12.0",
                    MOODS.get(i % MOODS.size()),
                    i % 3 == 0 ? "16993,664" : "16993,16992");
        }
    }

    private void serve() throws Exception {
        failWhenAsked("serve");
        TestAuthority authority = new TestAuthority();
        FakeApi api = new FakeApi(authority.serverContext());
        api.answer("GET /api/v1/tunnels", 200, this::tunnels);
        api.describe(folder, authority);
        stay("server");
    }

    private String tunnels() {
        try {
            return Files.readAllLines(folder.resolve("arrived")).stream()
                    .collect(
                            Collectors.joining(
                                    "\"},{\"guid\":\"", "{\"data\":[{\"guid\":\"", "\"}]}"));
        } catch (IOException _) {
            return "{\"data\":[]}";
        }
    }

    private void simulate(int devices) throws Exception {
        failWhenAsked("simulate");
        List<String> guids =
                IntStream.rangeClosed(1, devices).mapToObj(i -> UUID.formatted(i)).toList();
        Files.write(folder.resolve("arrived"), guids);
        stay("simulator");
    }

    private void failWhenAsked(String what) {
        if (Files.exists(folder.resolve("break-" + what))) {
            System.out.println("fake " + what + ": it is broken on purpose");
            System.exit(7);
        }
    }

    private void stay(String name) throws InterruptedException {
        note(name + " started " + ProcessHandle.current().pid());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> note(name + " ended")));
        new CountDownLatch(1).await();
    }

    private void note(String text) {
        try {
            Files.writeString(
                    folder.resolve("events"),
                    text + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
