package org.outpost.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * One channel of one tunnel over loopback: operations are mebibytes, so the throughput is MiB/s and
 * the allocation is bytes for each MiB.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--enable-native-access=ALL-UNNAMED",
            "-Dio.netty.leakDetection.level=disabled"
        })
@Threads(1)
public class ChannelThroughput {
    /** With TLS 1.3 of the JDK, or without any. */
    @Param({"false", "true"})
    public boolean tls;

    /** Bytes in one write: what a keystroke, a screen update and a disk image look like. */
    @Param({"256", "4096", "65536"})
    public int write;

    private LoopbackStream stream = LoopbackStream.NONE;

    /** Opens the tunnel and the channel. */
    @Setup(Level.Trial)
    public void open() throws Exception {
        stream = LoopbackStream.open(tls);
    }

    /** Closes them. */
    @TearDown(Level.Trial)
    public void close() {
        stream.close();
    }

    /** From the device to the console. */
    @Benchmark
    public void mebibyte() throws InterruptedException {
        stream.send(1 << 20, write);
    }
}
