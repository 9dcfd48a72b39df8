package org.outpost.amt.operation.wifi;

/** When the management engine uses Wi-Fi (CIM_WiFiPort). */
public enum WifiState {
    OFF(3),
    /** While the PC is on. */
    ON_IN_S0(32768),
    /** While the PC is on, and while it sleeps on mains. */
    ON_IN_S0_AND_SX_AC(32769);

    private final int number;

    WifiState(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    static WifiState of(int number) {
        return switch (number) {
            case 32768 -> ON_IN_S0;
            case 32769 -> ON_IN_S0_AND_SX_AC;
            default -> OFF;
        };
    }
}
