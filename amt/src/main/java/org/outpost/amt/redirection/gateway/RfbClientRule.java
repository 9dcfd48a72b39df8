package org.outpost.amt.redirection.gateway;

/**
 * What a console sends in a KVM session (redirection.md §4): keys and the mouse count. Requests for
 * pictures do not, nor do pictures: a screen may move without anybody in front of it.
 */
final class RfbClientRule implements MessageRule {
    /** The opening, the version, the security type, the client's init. */
    private static final int PRELUDE = 8 + 12 + 1 + 1;

    @Override
    public int prelude() {
        return PRELUDE;
    }

    @Override
    public int headLength(int type) {
        return switch (type) {
            case 0, 3, 4, 5 -> 1;
            case 2 -> 4;
            case 6 -> 8;
            default -> UNKNOWN;
        };
    }

    @Override
    public long length(byte[] head) {
        return switch (head[0]) {
            case 0 -> 20;
            case 2 -> 4 + 4L * MessageRule.big(head, 2);
            case 3 -> 10;
            case 4 -> 8;
            case 5 -> 6;
            default -> 8 + ((long) MessageRule.big(head, 4) << 16 | MessageRule.big(head, 6));
        };
    }

    @Override
    public boolean isActivity(int type) {
        return type == 4 || type == 5;
    }
}
