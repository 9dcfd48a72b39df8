package org.outpost.testkit.leak;

import io.netty.buffer.ByteBufAllocator;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Drives the garbage collector after the last test, so that buffers leaked near the end are seen
 * too: Netty reports a leak only when a later buffer is allocated after the lost one was collected.
 */
public final class LeakSweep implements LauncherSessionListener {
    private static final int ROUNDS = 3;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        String file = System.getProperty("outpost.leaks");
        if (file != null) {
            try {
                Files.deleteIfExists(Path.of(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        for (int round = 0; round < ROUNDS; round++) {
            collectGarbage();
            for (int i = 0; i < 256; i++) {
                ByteBufAllocator.DEFAULT.buffer(16).release();
            }
        }
    }

    private static void collectGarbage() {
        WeakReference<Object> canary = new WeakReference<>(new Object());
        for (int i = 0; i < 50 && canary.get() != null; i++) {
            System.gc();
            Thread.onSpinWait();
        }
    }
}
