package org.outpost.simulator.redirection.ider;

import java.util.concurrent.CompletableFuture;

/** Takes commands to the drives, one at a time. On the device's event loop only. */
interface DriveBus {
    /**
     * Sends a command; failed when the session ends before the answer. Not while another is out.
     *
     * @param cdb twelve bytes
     * @param dma whether data is wanted by DMA
     */
    CompletableFuture<ScsiReply> execute(Drive drive, byte[] cdb, boolean dma);

    /** The same, with a reset of the drives as soon as the first piece of data has come. */
    CompletableFuture<ScsiReply> executeAndReset(Drive drive, byte[] cdb);
}
