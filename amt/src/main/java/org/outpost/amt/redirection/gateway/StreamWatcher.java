package org.outpost.amt.redirection.gateway;

import io.netty.buffer.ByteBuf;

/**
 * Walks over a stream as it passes, without holding or changing any of it: finds what is somebody's
 * doing, and the text of a screen. When the stream is not what the rule knows, everything counts
 * from then on; to judge it is the peer's business.
 */
final class StreamWatcher {
    private final MessageRule rule;
    private final ScreenTap tap;
    private final byte[] head = new byte[MessageRule.LONGEST_HEAD];
    private int have;
    private long rest;
    private boolean inScreen;
    private boolean lost;

    StreamWatcher(MessageRule rule, ScreenTap tap) {
        this.rule = rule;
        this.tap = tap;
        this.rest = rule.prelude();
    }

    /** Whether the readable bytes hold, begin or end something that somebody did. */
    boolean watch(ByteBuf bytes) {
        boolean active = lost;
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (at < end && !lost) {
            if (rest > 0) {
                int length = (int) Math.min(rest, end - at);
                if (inScreen) {
                    tap.screen(bytes, at, length);
                }
                at += length;
                rest -= length;
            } else {
                head[have++] = bytes.getByte(at++);
                active |= headGrew();
            }
        }
        return active || lost;
    }

    private boolean headGrew() {
        int type = head[0] & 0xFF;
        int needed = rule.headLength(type);
        if (needed == MessageRule.UNKNOWN) {
            lost = true;
            return true;
        }
        if (have < Math.min(needed, MessageRule.LONGEST_HEAD)) {
            return false;
        }
        rest = rule.length(head) - have;
        have = 0;
        inScreen = rule.isScreen(type);
        return rule.isActivity(type);
    }
}
