package org.outpost.server.web.amt;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.operation.wifi.WifiState;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The words of Open DMT's MPS for numbers of the network classes (wsman.md section 9). */
final class NetworkNames {
    private static final Map<Integer, String> AUTHENTICATION =
            Map.of(
                    1, "Other",
                    2, "OpenSystem",
                    3, "SharedKey",
                    4, "WPAPSK",
                    5, "WPAIEEE8021x",
                    6, "WPA2PSK",
                    7, "WPA2IEEE8021x",
                    32768, "WPA3SAE",
                    32769, "WPA3OWE");
    private static final Map<Integer, String> ENCRYPTION =
            Map.of(1, "Other", 2, "WEP", 3, "TKIP", 4, "CCMP", 5, "None");
    private static final Map<WifiState, String> STATE =
            Map.of(
                    WifiState.OFF, "WifiDisabled",
                    WifiState.ON_IN_S0, "WifiEnabledS0",
                    WifiState.ON_IN_S0_AND_SX_AC, "WifiEnabledS0SxAC");

    private NetworkNames() {}

    static String linkPolicy(int number) {
        return switch (number) {
            case 1 -> "S0 AC";
            case 14 -> "Sx AC";
            case 16 -> "S0 DC";
            case 224 -> "Sx DC";
            default -> "Unknown";
        };
    }

    static String owner(OptionalInt number) {
        return switch (number.orElse(0)) {
            case 1 -> "Management Engine";
            case 2 -> "Host";
            default -> "";
        };
    }

    static String connection(OptionalInt number) {
        return switch (number.orElse(-1)) {
            case 0 -> "Integrated LAN NIC";
            case 1 -> "Discrete LAN NIC";
            case 2 -> "LAN via Thunderbolt Dock";
            case 3 -> "Wireless LAN";
            default -> "";
        };
    }

    static String authentication(OptionalInt number) {
        return AUTHENTICATION.getOrDefault(number.orElse(-1), "");
    }

    static OptionalInt authentication(@Nullable String name) {
        return number(AUTHENTICATION, name);
    }

    static String encryption(OptionalInt number) {
        return ENCRYPTION.getOrDefault(number.orElse(-1), "");
    }

    static OptionalInt encryption(@Nullable String name) {
        return number(ENCRYPTION, name);
    }

    private static OptionalInt number(Map<Integer, String> names, @Nullable String name) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equalsIgnoreCase(name))
                .mapToInt(Map.Entry::getKey)
                .findFirst();
    }

    static String state(WifiState state) {
        return STATE.getOrDefault(state, "");
    }

    static Optional<WifiState> stateOf(@Nullable String name) {
        return STATE.entrySet().stream()
                .filter(entry -> entry.getValue().equalsIgnoreCase(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
