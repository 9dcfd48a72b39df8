package org.outpost.amt.redirection.gateway;

/** SOL (redirection.md §2): keys and text count, heartbeats do not. */
final class SolRule implements MessageRule {
    private static final int KEYS = 0x28;
    private static final int TEXT = 0x2A;

    @Override
    public int headLength(int type) {
        return type == KEYS || type == TEXT ? 10 : (int) length(new byte[] {(byte) type});
    }

    @Override
    public long length(byte[] head) {
        return switch (head[0]) {
            case 0x12 -> 4;
            case 0x20 -> 24;
            case 0x21 -> 23;
            case 0x22, 0x23, 0x24, 0x25, 0x2B -> 8;
            case 0x27 -> 14;
            case KEYS, TEXT -> 10 + MessageRule.little(head, 8);
            case 0x29 -> 10;
            default -> UNKNOWN;
        };
    }

    @Override
    public boolean isActivity(int type) {
        return type == KEYS || type == TEXT;
    }

    @Override
    public boolean isScreen(int type) {
        return type == TEXT;
    }
}
