package org.outpost.simulator.machine;

import java.util.function.Consumer;

/** The drives of an IDE-R session, as the PC's firmware sees them. */
@FunctionalInterface
public interface RedirectedMedia {
    /**
     * Reads what a boot needs to read. Called on the device's event loop; must not block.
     *
     * @param source {@link BootSource#REDIRECTED_FLOPPY} or {@link BootSource#REDIRECTED_CD}
     * @param result to be called once, on the same event loop
     */
    void boot(BootSource source, Consumer<BootResult> result);
}
