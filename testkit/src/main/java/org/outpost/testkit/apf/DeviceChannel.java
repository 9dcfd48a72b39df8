package org.outpost.testkit.apf;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/** One channel a device peer serves: windows, grants, close, as the manners say. */
final class DeviceChannel {
    private static final int[] GRANTS = {499, 1024};

    private final DeviceManners manners;
    private final ChannelService service;
    private final Consumer<byte[]> out;
    private final long serverId;
    private final ByteArrayOutputStream queue = new ByteArrayOutputStream();
    private long credit;
    private long serverCredit;
    private int ungranted;
    private int grantsMade;
    private boolean closeSent;

    DeviceChannel(
            DeviceManners manners,
            ChannelService service,
            WireMessage.ChannelOpen open,
            Consumer<byte[]> out) {
        this.manners = manners;
        this.service = service;
        this.out = out;
        this.serverId = open.sender();
        this.credit = open.window() + manners.excess();
        this.serverCredit = manners.window();
    }

    void opened() {
        queue.writeBytes(service.opened());
        flush();
    }

    /** Returns whether the server kept to its credit. */
    boolean data(byte[] bytes) {
        serverCredit -= bytes.length;
        boolean kept = serverCredit >= 0;
        if (!closeSent) {
            queue.writeBytes(service.received(bytes));
            grant(bytes.length);
            flush();
        }
        return kept;
    }

    void adjust(long add) {
        credit = Math.min(credit + add, 0xffff_ffffL + manners.excess());
        flush();
    }

    /** The device's own close; only the first is sent. */
    void close() {
        if (!closeSent) {
            closeSent = true;
            out.accept(ApfBytes.channelClose(serverId));
        }
    }

    private void grant(int consumed) {
        if (!manners.grants()) {
            return;
        }
        ungranted += consumed;
        // small odd sums, as firmware makes them (quirk Q4)
        int next = GRANTS[grantsMade % GRANTS.length];
        while (ungranted >= Math.min(next, manners.window())) {
            int sum = Math.min(next, manners.window());
            ungranted -= sum;
            serverCredit += sum;
            out.accept(ApfBytes.channelWindowAdjust(serverId, sum));
            next = GRANTS[++grantsMade % GRANTS.length];
        }
    }

    private void flush() {
        byte[] waiting = queue.toByteArray();
        int from = 0;
        while (!closeSent && from < waiting.length && credit > 0) {
            int count =
                    (int) Math.min(credit, Math.min(manners.largestData(), waiting.length - from));
            out.accept(
                    ApfBytes.channelData(
                            serverId, Arrays.copyOfRange(waiting, from, from + count)));
            from += count;
            credit -= count;
        }
        queue.reset();
        queue.write(waiting, from, waiting.length - from);
        if (queue.size() == 0 && service.closesWhenSent()) {
            close();
        }
    }
}
