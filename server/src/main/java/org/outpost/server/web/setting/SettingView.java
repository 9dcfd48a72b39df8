package org.outpost.server.web.setting;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;
import org.outpost.server.configuration.binding.Change;
import org.outpost.server.configuration.binding.Setting;

import java.util.Locale;

/**
 * A setting as the API shows it.
 *
 * @param path its key in the configuration, such as {@code tunnel.listeners[0].port}
 * @param value a text, a number, true or false, a list or an object of texts; null when there is
 *     none; {@code (hidden)} for a secret
 * @param hidden whether the value is a secret
 * @param source {@code default}, {@code file}, {@code environment} or {@code command-line}
 * @param place file and line, variable or flag; empty for a default
 * @param documentation what the key means
 * @param change {@code restart}, {@code configuration-file}, {@code named-file} or {@code api}
 * @param how a sentence on how it is changed
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record SettingView(
        String path,
        @Nullable Object value,
        boolean hidden,
        String source,
        String place,
        String documentation,
        String change,
        String how) {
    static SettingView of(Setting setting) {
        return new SettingView(
                setting.path(),
                setting.value(),
                setting.hidden(),
                setting.source().label(),
                setting.place(),
                setting.meaning(),
                setting.change().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                how(setting.change()));
    }

    private static String how(Change change) {
        return switch (change) {
            case RESTART -> "What is written anew counts at the next start.";
            case CONFIGURATION_FILE ->
                    "Counts as soon as it has changed in the configuration file; no restart.";
            case NAMED_FILE ->
                    "The file that is named here is read again when it changes; another name"
                            + " counts at the next start.";
            case API ->
                    "What was written counts at each start. What counts now: GET"
                            + " /api/v1/log-levels; until the next start it is changed with PUT"
                            + " /api/v1/log-levels/{logger}.";
        };
    }
}
