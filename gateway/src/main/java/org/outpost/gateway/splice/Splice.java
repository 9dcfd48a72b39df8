package org.outpost.gateway.splice;

import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Ticker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Joins a console's channel and a device's channel, which may sit on different event loops.
 *
 * <p>Add {@link #consoleEnd()} and {@link #deviceEnd()} as the last handlers of the two pipelines,
 * in any order and from any thread; the device's may be added before the channel is connected. Both
 * switch {@code autoRead} off. Bytes start to flow when both channels are active and the owner has
 * called {@link #begin()}. What reaches an end before that, for instance what a decoder hands on
 * when it is removed, is kept and goes first.
 *
 * <p><b>Back-pressure.</b> A batch is what arrives between two {@code channelReadComplete} events.
 * It crosses to the other loop as one task, and the next {@code read()} on the source is made only
 * when the other channel has completed the write of the whole batch. So at most one batch per
 * direction is in memory; on an APF channel that {@code read()} is what grants the device credit.
 *
 * <p><b>Ends.</b> The APF protocol has no half-close (RFC 4254 section 5.3's EOF is missing):
 *
 * <ul>
 *   <li>console's FIN: the device's channel stays until nothing moved for {@link
 *       SpliceSettings#linger()}, then it is closed;
 *   <li>device's close: what was read is written to the console, then the console gets a FIN; what
 *       it still sends is discarded and counted until it closes, at most for {@code linger};
 *   <li>an error on either channel, or the console's full close, closes the other at once.
 * </ul>
 */
public final class Splice {
    private static final int ENDS = 2;
    private static final int BOTH_ENDS_AND_THE_OWNER = 3;

    private final SpliceSettings settings;
    private final SpliceCounters totals;
    private final SpliceCounters own = new SpliceCounters();
    private final ConsoleEnd console;
    private final DeviceEnd device;
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger gone = new AtomicInteger();
    private final AtomicReference<SpliceEnding> ending = new AtomicReference<>();
    private final CompletableFuture<SpliceEnding> closed = new CompletableFuture<>();
    private final Ticker ticker;
    private volatile long lastProgress;
    private final AtomicBoolean aborted = new AtomicBoolean();

    /**
     * Makes a splice that is not yet joined to anything.
     *
     * @param totals counts the bytes of all splices that share it
     */
    public Splice(SpliceSettings settings, SpliceCounters totals) {
        this(settings, totals, Ticker.systemTicker());
    }

    Splice(SpliceSettings settings, SpliceCounters totals, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
        this.lastProgress = ticker.nanoTime();
        this.totals = totals;
        this.console = new ConsoleEnd(this);
        this.device = new DeviceEnd(this);
    }

    /** The handler for the console's channel. */
    public ChannelHandler consoleEnd() {
        return console;
    }

    /** The handler for the device's channel. */
    public ChannelHandler deviceEnd() {
        return device;
    }

    /** This splice's bytes. */
    public SpliceCounters counters() {
        return own;
    }

    /** Completes when both channels have closed; on an event loop, never exceptionally. */
    public CompletionStage<SpliceEnding> closed() {
        return closed.minimalCompletionStage();
    }

    SpliceSettings settings() {
        return settings;
    }

    SpliceEnd peerOf(SpliceEnd end) {
        return end == console ? device : console;
    }

    /**
     * Lets bytes flow as soon as both channels are active. To be called once, when whatever has to
     * be written to the console first (a door's reply) has been written.
     */
    public void begin() {
        ready();
    }

    /**
     * Closes what has been joined so far and drops what it brought. For an owner that gives up
     * before {@link #begin()}.
     */
    public void abandon() {
        abort(SpliceEnding.CONSOLE_CLOSED);
    }

    /** Closes both channels at once, because somebody wants it so. */
    public void reset() {
        abort(SpliceEnding.RESET);
    }

    void ready() {
        if (ready.incrementAndGet() == BOTH_ENDS_AND_THE_OWNER) {
            console.run(console::start);
            device.run(device::start);
        }
    }

    /** Both channels are closed without further ado; the first reason given stays. */
    void abort(SpliceEnding reason) {
        ending.compareAndSet(null, reason);
        if (!aborted.compareAndSet(false, true)) {
            return;
        }
        console.closeNow();
        device.closeNow();
    }

    /** Remembers why the splice is about to end, unless that is known already. */
    void endsBecause(SpliceEnding reason) {
        ending.compareAndSet(null, reason);
    }

    boolean isAborted() {
        return aborted.get();
    }

    void gone() {
        if (gone.incrementAndGet() == ENDS) {
            SpliceEnding reason = ending.get();
            closed.complete(reason == null ? SpliceEnding.CONSOLE_CLOSED : reason);
        }
    }

    void deliveredToDevice(long bytes) {
        own.addToDevice(bytes);
        totals.addToDevice(bytes);
        progressed();
    }

    void deliveredToConsole(long bytes) {
        own.addToConsole(bytes);
        totals.addToConsole(bytes);
        progressed();
    }

    void discarded(long bytes) {
        own.addDiscarded(bytes);
        totals.addDiscarded(bytes);
    }

    void progressed() {
        lastProgress = ticker.nanoTime();
    }

    long idleNanos() {
        return ticker.nanoTime() - lastProgress;
    }
}
