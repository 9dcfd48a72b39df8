package org.outpost.apf.codec;

import io.netty.util.internal.ObjectUtil;

/**
 * The requests that we sent and that are not answered yet, oldest first. REQUEST_SUCCESS bears no
 * request number and has two lengths, so the order is the only key (apf.md section 2.8). One loop.
 */
final class OutstandingRequests {
    private static final int LIMIT = 1024;

    private boolean[] carriesPort = new boolean[8];
    private int head;
    private int size;

    void add(boolean replyCarriesPort) {
        if (size == LIMIT) {
            throw new IllegalStateException("more than " + LIMIT + " unanswered global requests");
        }
        if (size == carriesPort.length) {
            boolean[] larger = new boolean[size * 2];
            for (int i = 0; i < size; i++) {
                larger[i] = carriesPort[(head + i) % size];
            }
            carriesPort = larger;
            head = 0;
        }
        carriesPort[(head + size) % carriesPort.length] = replyCarriesPort;
        size++;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean nextCarriesPort() {
        ObjectUtil.checkPositive(size, "size");
        return carriesPort[head];
    }

    void remove() {
        ObjectUtil.checkPositive(size, "size");
        head = (head + 1) % carriesPort.length;
        size--;
    }
}
