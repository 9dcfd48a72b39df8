package org.outpost.amt.redirection.gateway;

/** IDE-R (redirection.md §3): commands and data count, pings and heartbeats do not. */
final class IderRule implements MessageRule {
    private static final int OPEN_REPLY = 0x41;
    private static final int FEATURES = 0x48;
    private static final int FIRST_COMMAND = 0x50;
    private static final int SET_STATE = 3;

    @Override
    public int headLength(int type) {
        return switch (type) {
            case OPEN_REPLY -> 30;
            case FEATURES -> 9;
            case 0x53, 0x54 -> 11;
            default -> fixed(type) == UNKNOWN ? UNKNOWN : 1;
        };
    }

    @Override
    public long length(byte[] head) {
        return switch (head[0]) {
            case OPEN_REPLY -> 30 + (head[29] & 0xFF);
            case FEATURES -> head[8] == SET_STATE ? 13 : 9;
            case 0x53 -> 14 + MessageRule.little(head, 9);
            case 0x54 -> 34 + MessageRule.little(head, 9);
            default -> fixed(head[0]);
        };
    }

    private static int fixed(int type) {
        return switch (type) {
            case 0x12 -> 4;
            case 0x40 -> 18;
            case 0x42, 0x43, 0x44, 0x45, 0x47, 0x4B -> 8;
            case 0x46 -> 9;
            case 0x49 -> 13;
            case 0x4A -> 11;
            case 0x50 -> 28;
            case 0x51, 0x52 -> 31;
            default -> UNKNOWN;
        };
    }

    @Override
    public boolean isActivity(int type) {
        return type >= FIRST_COMMAND || type == FEATURES;
    }
}
