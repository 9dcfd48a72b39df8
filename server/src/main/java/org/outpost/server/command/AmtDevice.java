package org.outpost.server.command;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.Map;

/** One device, and the routes by which the server asks its AMT. */
final class AmtDevice {
    private static final int NOT_FOUND = 404;

    private final ApiClient client;
    private final DeviceView view;

    private AmtDevice(ApiClient client, DeviceView view) {
        this.client = client;
        this.view = view;
    }

    /**
     * Finds a device by what a user calls it.
     *
     * @throws CommandFailedException when there is none, or more than one
     */
    static AmtDevice find(ApiClient client, String name) throws CommandFailedException {
        return new AmtDevice(
                client.asksDevices(),
                client.read(DeviceLookup.find(client, name), DeviceView.class));
    }

    String guid() {
        return view.guid();
    }

    /** What people call it, safe for a terminal; its GUID when it has no name. */
    String name() {
        String name = view.hostname();
        return TerminalText.visible(name == null || name.isEmpty() ? view.guid() : name);
    }

    /** Reads what is at a route such as {@code power/state}. */
    JsonNode get(String... route) throws CommandFailedException {
        return told(() -> client.get(path(route), Map.of()));
    }

    /** The same with parameters. */
    JsonNode get(Map<String, String> query, String... route) throws CommandFailedException {
        return told(() -> client.get(path(route), query));
    }

    /** The same, where the answer is an array. */
    JsonNode list(String... route) throws CommandFailedException {
        return told(() -> client.list(path(route)));
    }

    /** The instances of a class, as the explorer tells them. */
    JsonNode explore(String className) throws CommandFailedException {
        return told(
                () ->
                        client.get(
                                ApiClient.path("amt", "explorer", view.guid(), className),
                                Map.of()));
    }

    /** Puts properties into an instance of a class; what it is then. */
    JsonNode change(String className, Map<String, ?> keys, Map<String, ?> properties)
            throws CommandFailedException {
        return told(
                () ->
                        client.patch(
                                ApiClient.path("amt", "explorer", view.guid(), className),
                                Map.of("selectors", keys, "properties", properties)));
    }

    /** Calls a method of an instance of a class; its output. */
    JsonNode invoke(String className, String method, Map<String, ?> keys, Map<String, ?> arguments)
            throws CommandFailedException {
        return told(
                () ->
                        client.post(
                                ApiClient.path("amt", "explorer", view.guid(), className, method),
                                Map.of("selectors", keys, "input", arguments)));
    }

    /** Does what is behind a route. */
    JsonNode post(Map<String, ?> body, String... route) throws CommandFailedException {
        return told(() -> client.post(path(route), body));
    }

    /** Replaces what is at a route, and reads what came of it. */
    JsonNode put(Map<String, ?> body, String... route) throws CommandFailedException {
        return told(() -> client.replace(path(route), body));
    }

    /** Takes something away that the body names. */
    void delete(Map<String, ?> body, String... route) throws CommandFailedException {
        told(
                () -> {
                    client.delete(path(route), body);
                    return view;
                });
    }

    /** What was last read of the device, connected or not. */
    JsonNode facts() throws CommandFailedException {
        return told(() -> client.get(own("facts"), Map.of()));
    }

    /** As whom the server signs in to the device's AMT. */
    JsonNode login() throws CommandFailedException {
        return told(() -> client.get(own("amt-login"), Map.of()));
    }

    /** Stores the device's own login. */
    void storeLogin(String user, String password) throws CommandFailedException {
        told(
                () -> {
                    client.put(own("amt-login"), Map.of("username", user, "password", password));
                    return view;
                });
    }

    /** Removes the device's own login; says whether there was one. */
    boolean removeLogin() throws CommandFailedException {
        try {
            client.delete(own("amt-login"));
            return true;
        } catch (ApiProblemException e) {
            if (e.status() == NOT_FOUND) {
                return false;
            }
            throw explained(e);
        }
    }

    /** The TLS certificate with which its AMT was first seen. */
    JsonNode certificate() throws CommandFailedException {
        return told(() -> client.get(own("amt-certificate"), Map.of()));
    }

    /** Forgets it, so that the next one counts. */
    void forgetCertificate() throws CommandFailedException {
        told(
                () -> {
                    client.delete(own("amt-certificate"));
                    return view;
                });
    }

    private String own(String what) {
        return ApiClient.path("devices", view.guid(), what);
    }

    private String path(String... route) {
        String[] segments = new String[route.length + 2];
        segments[0] = "amt";
        System.arraycopy(route, 0, segments, 1, route.length);
        segments[segments.length - 1] = view.guid();
        return ApiClient.path(segments);
    }

    private interface Call<T> {
        T make() throws CommandFailedException;
    }

    private <T> T told(Call<T> call) throws CommandFailedException {
        try {
            return call.make();
        } catch (ApiProblemException e) {
            throw explained(e);
        }
    }

    /** The server's own words, of which device they are, and which command helps. */
    private ApiProblemException explained(ApiProblemException problem) {
        String next = remedy(problem.code());
        String words = name() + ": " + problem.sentences();
        return new ApiProblemException(
                problem.status(),
                problem.code(),
                problem.sentences(),
                next == null ? words : words + System.lineSeparator() + "  " + next);
    }

    private @Nullable String remedy(String code) {
        return switch (code) {
            case "offline" -> "What was last read of it: outpost device facts " + name();
            case "authentication" ->
                    "Store the login of this device with: outpost device login " + name();
            case "certificate_changed" ->
                    "Accept the new one with: outpost device certificate " + name() + " --forget";
            case "user_consent_required" ->
                    "Show the user a code with: outpost device consent " + name() + " start";
            default -> null;
        };
    }
}
