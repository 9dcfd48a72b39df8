package org.outpost.gateway.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.outpost.gateway.transport.Transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The splice over real sockets on different event loops. */
final class SpliceSocketTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final SpliceSettings SHORT =
            new SpliceSettings(Duration.ofMillis(300), Duration.ofMillis(700));

    private static final byte[] QUESTION = "question".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANSWER = "answer".getBytes(StandardCharsets.US_ASCII);

    private final Transport transport = new Transport(2);
    private ServerSocket deviceServer;
    private Channel door;
    private Socket console;
    private Socket device;
    private Splice splice;

    @BeforeEach
    void join() throws Exception {
        splice = new Splice(SHORT, new SpliceCounters());
        deviceServer = new ServerSocket(0, 1, LOOPBACK);
        transport
                .client()
                .handler(splice.deviceEnd())
                .connect(LOOPBACK, deviceServer.getLocalPort())
                .sync();
        device = deviceServer.accept();
        CountDownLatch accepted = new CountDownLatch(1);
        door =
                transport
                        .halfClosingListener()
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline().addLast(splice.consoleEnd());
                                        accepted.countDown();
                                    }
                                })
                        .bind(new InetSocketAddress(LOOPBACK, 0))
                        .sync()
                        .channel();
        console = new Socket(LOOPBACK, ((InetSocketAddress) door.localAddress()).getPort());
        console.setSoTimeout(20_000);
        device.setSoTimeout(20_000);
        splice.begin();
        assertThat(accepted.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void close() throws Exception {
        console.close();
        device.close();
        deviceServer.close();
        transport.close();
    }

    @Test
    void megabytesArriveIntactInBothDirectionsAtOnce() throws Exception {
        int size = 8 << 20;
        CompletableFuture<Void> up = async(() -> send(console, 1, size));
        CompletableFuture<Void> down = async(() -> send(device, 2, size));
        CompletableFuture<Void> atDevice = async(() -> expect(device, 1, size));
        expect(console, 2, size);
        CompletableFuture.allOf(up, down, atDevice).get(30, TimeUnit.SECONDS);

        // Bytes arrive a moment before they are counted.
        await().until(() -> splice.counters().toDevice() == size);
        await().until(() -> splice.counters().toConsole() == size);
    }

    @Test
    void afterTheConsolesFinTheDeviceMayStillAnswerUntilItIsSilentForTheLinger() throws Exception {
        console.getOutputStream().write(QUESTION);
        console.shutdownOutput();
        assertThat(device.getInputStream().readNBytes(8)).isEqualTo(QUESTION);

        device.getOutputStream().write(ANSWER);
        assertThat(console.getInputStream().readNBytes(6)).isEqualTo(ANSWER);

        assertThat(device.getInputStream().read()).isEqualTo(-1);
        assertThat(console.getInputStream().read()).isEqualTo(-1);
        assertThat(ending()).isEqualTo(SpliceEnding.LINGERED);
    }

    @Test
    void aLargeAnswerAfterTheConsolesFinArrivesInWholeAlsoWhenTheConsoleIsSlow() throws Exception {
        int size = 16 << 20;
        console.shutdownOutput();
        CompletableFuture<Void> sending = async(() -> send(device, 4, size));
        await().during(Duration.ofMillis(200)).until(() -> true);

        expect(console, 4, size);

        sending.get(10, TimeUnit.SECONDS);
    }

    @Test
    void afterTheDevicesCloseTheConsoleGetsTheRestAndAFinAndWhatItSendsIsDiscarded()
            throws Exception {
        int size = 300_000;
        send(device, 3, size);
        device.close();
        expect(console, 3, size);
        assertThat(console.getInputStream().read()).isEqualTo(-1);

        console.getOutputStream().write(new byte[1000]);
        await().until(() -> splice.counters().discarded() == 1000);
        console.close();

        assertThat(ending()).isEqualTo(SpliceEnding.DEVICE_CLOSED);
    }

    @Test
    void aConsoleThatStaysAfterTheDevicesCloseIsClosedByTheDeadline() throws Exception {
        device.close();
        assertThat(console.getInputStream().read()).isEqualTo(-1);

        assertThat(ending()).isEqualTo(SpliceEnding.DEVICE_CLOSED);
    }

    @Test
    void aConsoleThatNeverReadsHoldsTheDeviceBack() throws Exception {
        AtomicLong accepted = new AtomicLong();
        Thread.startVirtualThread(
                () -> {
                    byte[] block = new byte[16384];
                    try {
                        for (int i = 0; i < 16384; i++) {
                            device.getOutputStream().write(block);
                            accepted.addAndGet(block.length);
                        }
                    } catch (IOException e) {
                        // the test closes the socket
                    }
                });
        AtomicLong before = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(400))
                .atMost(Duration.ofSeconds(20))
                .until(() -> before.getAndSet(accepted.get()) == accepted.get());

        // what two kernels buffer for two connections, and one read batch
        assertThat(accepted.get()).isLessThan(64L << 20);
        console.setSoLinger(true, 0);
        console.close();
        assertThat(ending()).isIn(SpliceEnding.CONSOLE_FAILED, SpliceEnding.CONSOLE_CLOSED);
    }

    @Test
    void aResetOfTheConsoleClosesTheDevicesChannelAtOnce() throws Exception {
        console.setSoLinger(true, 0);
        console.close();

        assertThat(device.getInputStream().read()).isEqualTo(-1);
        assertThat(ending()).isIn(SpliceEnding.CONSOLE_FAILED, SpliceEnding.CONSOLE_CLOSED);
    }

    @Test
    void aResetOfTheDeviceClosesTheConsole() throws Exception {
        device.setSoLinger(true, 0);
        device.close();

        assertThat(console.getInputStream().read()).isEqualTo(-1);
        assertThat(ending()).isEqualTo(SpliceEnding.DEVICE_FAILED);
    }

    private SpliceEnding ending() throws Exception {
        return splice.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static CompletableFuture<Void> async(Runnable task) {
        return CompletableFuture.runAsync(task, Thread::startVirtualThread);
    }

    private static void send(Socket socket, long seed, int size) {
        Random random = new Random(seed);
        byte[] all = new byte[size];
        random.nextBytes(all);
        try {
            OutputStream out = socket.getOutputStream();
            int sent = 0;
            while (sent < size) {
                int piece = Math.min(size - sent, 1 + random.nextInt(100_000));
                out.write(all, sent, piece);
                sent += piece;
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void expect(Socket socket, long seed, int size) {
        byte[] all = new byte[size];
        new Random(seed).nextBytes(all);
        try {
            InputStream in = socket.getInputStream();
            assertThat(in.readNBytes(size)).isEqualTo(all);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
