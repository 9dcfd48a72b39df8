package org.outpost.amt.operation.wifi;

import java.util.Optional;

/**
 * A Wi-Fi profile to be added or changed.
 *
 * @param name 1 to 32 letters, digits, spaces, hyphens and underscores
 * @param ssid the network's name, 1 to 32 characters
 * @param priority 1 to 255; 1 is tried first
 * @param authentication 4 WPA-PSK, 5 WPA-802.1X, 6 WPA2-PSK, 7 WPA2-802.1X, 32768 WPA3-SAE
 * @param encryption 3 TKIP, 4 CCMP
 * @param passphrase 8 to 63 characters, for PSK and SAE
 * @param enterprise 802.1X, for the others
 */
public record NewWifiProfile(
        String name,
        String ssid,
        int priority,
        int authentication,
        int encryption,
        Optional<String> passphrase,
        Optional<Ieee8021x> enterprise) {
    private static final int LONGEST = 32;
    private static final int WPA_8021X = 5;
    private static final int WPA2_8021X = 7;

    /** Checks the lengths, and that the secret fits the authentication. */
    public NewWifiProfile {
        if (name.isEmpty() || name.length() > LONGEST || !name.chars().allMatch(c -> fine(c))) {
            throw new IllegalArgumentException(
                    "a Wi-Fi profile's name has 1 to 32 letters, digits, spaces, - and _");
        }
        if (ssid.isEmpty() || ssid.length() > LONGEST) {
            throw new IllegalArgumentException("an SSID has 1 to 32 characters");
        }
        if (priority < 1 || priority > 255) {
            throw new IllegalArgumentException("a Wi-Fi profile's priority is 1 to 255");
        }
        boolean enterpriseMethod = authentication == WPA_8021X || authentication == WPA2_8021X;
        if (enterpriseMethod != enterprise.isPresent()
                || enterpriseMethod == passphrase.isPresent()) {
            throw new IllegalArgumentException(
                    "WPA-PSK and SAE need a passphrase, 802.1X its own settings");
        }
        if (passphrase.filter(text -> text.length() < 8 || text.length() > 63).isPresent()) {
            throw new IllegalArgumentException("a Wi-Fi passphrase has 8 to 63 characters");
        }
    }

    private static boolean fine(int c) {
        return c < 0x7F && (Character.isLetterOrDigit(c) || c == ' ' || c == '-' || c == '_');
    }

    /** Without the passphrase. */
    @Override
    public String toString() {
        return "NewWifiProfile[name=" + name + ", priority=" + priority + "]";
    }
}
