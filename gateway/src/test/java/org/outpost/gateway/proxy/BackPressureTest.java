package org.outpost.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.outpost.gateway.door.FakeDevice;
import org.outpost.gateway.route.Resolution;
import org.outpost.gateway.route.Route;
import org.outpost.testkit.socks.HttpProxyClient;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Bodies far larger than memory should be, past a side that does not take them. */
final class BackPressureTest {
    private static final int MEGABYTE = 1 << 20;
    private static final int SIZE = 64 * MEGABYTE;

    /** One read of a socket, its framing, and the answer's own chunks on top of it. */
    private static final long MOST_HELD = 256 * 1024;

    private final ProxyBench bench = new ProxyBench();
    private final List<Channel> deviceChannels = new CopyOnWriteArrayList<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void close() {
        released.countDown();
        bench.close();
    }

    private void device(FakeDevice.Behaviour behaviour) {
        FakeDevice device = bench.closing(new FakeDevice(behaviour));
        Route route = bench.directory().routeTo(device.port());
        Route watched =
                new Route() {
                    @Override
                    public ChannelFuture connect(int port, ChannelHandler handler) {
                        ChannelFuture connecting = route.connect(port, handler);
                        deviceChannels.add(connecting.channel());
                        return connecting;
                    }
                };
        bench.directory().with("pc1", new Resolution.Reachable(UUID.randomUUID(), "pc1", watched));
    }

    /** Sends as much as is taken, up to the size, and counts it. */
    private void pour(OutputStream out) throws IOException {
        byte[] block = new byte[64 * 1024];
        for (int done = 0; done < SIZE; done += block.length) {
            out.write(block);
            sent.addAndGet(block.length);
        }
    }

    private void drink(InputStream in) throws IOException {
        byte[] block = new byte[64 * 1024];
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            if (received.addAndGet(read) >= SIZE) {
                return;
            }
        }
    }

    private static long held(Channel channel) {
        CompletableFuture<Long> bytes = new CompletableFuture<>();
        channel.eventLoop()
                .execute(
                        () -> {
                            ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
                            bytes.complete(buffer == null ? 0 : buffer.totalPendingWriteBytes());
                        });
        return bytes.join();
    }

    /** Waits until nothing moves any more, and looks at what is held all the while. */
    private void awaitStall(AtomicLong counter, List<Channel> channels) {
        long[] last = {-1};
        int[] still = {0};
        await().atMost(60, TimeUnit.SECONDS)
                .pollInterval(50, TimeUnit.MILLISECONDS)
                .until(
                        () -> {
                            for (Channel channel : channels) {
                                assertThat(held(channel)).isLessThan(MOST_HELD);
                            }
                            long now = counter.get();
                            still[0] = now == last[0] && now > 0 ? still[0] + 1 : 0;
                            last[0] = now;
                            return still[0] == 10;
                        });
        assertThat(counter.get()).isLessThan(SIZE);
    }

    @Test
    void aConsoleThatDoesNotReadHoldsTheDeviceBackAndNothingElse() throws Exception {
        device(
                socket -> {
                    HttpDevice.read(socket.getInputStream(), 1);
                    socket.getOutputStream()
                            .write(
                                    HttpDevice.latin(
                                            "HTTP/1.1 200 OK\r\nContent-Length: "
                                                    + SIZE
                                                    + "\r\n\r\n"));
                    pour(socket.getOutputStream());
                });
        HttpProxyClient client = bench.client();
        client.send("GET http://pc1/ HTTP/1.1\r\nHost: pc1\r\n\r\n");

        awaitStall(sent, bench.consoles());

        assertThat(client.read().bodyBytes()).hasSize(SIZE);
    }

    @Test
    void aDeviceThatDoesNotReadHoldsTheConsoleBackAndItsAnswerGoesOn() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        device(
                socket -> {
                    HttpDevice.readHead(socket.getInputStream(), 1);
                    OutputStream out = socket.getOutputStream();
                    out.write(HttpDevice.latin("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\none"));
                    answer.await();
                    out.write(HttpDevice.latin("two"));
                    released.await();
                    drink(socket.getInputStream());
                });
        HttpProxyClient client = bench.client();
        client.send(
                "POST http://pc1/ HTTP/1.1\r\nHost: pc1\r\nContent-Length: " + SIZE + "\r\n\r\n");
        CompletableFuture<Void> upload =
                CompletableFuture.runAsync(
                        () -> {
                            byte[] block = new byte[64 * 1024];
                            for (int done = 0; done < SIZE; done += block.length) {
                                client.send(block);
                                sent.addAndGet(block.length);
                            }
                        },
                        Thread::startVirtualThread);

        awaitStall(sent, deviceChannels);

        assertThat(upload).isNotDone();
        assertThat(client.stream().readLine()).isEqualTo("HTTP/1.1 200 OK");
        for (String line = "head"; !line.isEmpty(); ) {
            line = client.stream().readLine();
        }
        assertThat(client.stream().read(3)).asString().isEqualTo("one");
        assertThat(upload).isNotDone();
        answer.countDown();
        assertThat(client.stream().read(3)).asString().isEqualTo("two");
    }

    @Test
    void aLongUploadToASlowDeviceArrivesWhole() throws Exception {
        device(
                socket -> {
                    HttpDevice.readHead(socket.getInputStream(), 1);
                    released.await();
                    drink(socket.getInputStream());
                    socket.getOutputStream().write(HttpDevice.ok("got it"));
                });
        HttpProxyClient client = bench.client();
        client.send(
                "POST http://pc1/ HTTP/1.1\r\nHost: pc1\r\nContent-Length: " + SIZE + "\r\n\r\n");
        CompletableFuture<Void> upload =
                CompletableFuture.runAsync(
                        () -> {
                            byte[] block = new byte[64 * 1024];
                            for (int done = 0; done < SIZE; done += block.length) {
                                client.send(block);
                                sent.addAndGet(block.length);
                            }
                        },
                        Thread::startVirtualThread);
        awaitStall(sent, deviceChannels);

        released.countDown();

        upload.get(60, TimeUnit.SECONDS);
        assertThat(client.read().body()).isEqualTo("got it");
        assertThat(received.get()).isEqualTo(SIZE);
    }

    @Test
    void anUploadGoesOnWhileTheConsoleDoesNotReadTheAnswer() throws Exception {
        device(
                socket -> {
                    HttpDevice.readHead(socket.getInputStream(), 1);
                    OutputStream out = socket.getOutputStream();
                    out.write(
                            HttpDevice.latin(
                                    "HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n"));
                    Thread answer =
                            Thread.startVirtualThread(
                                    () -> {
                                        try {
                                            pour(out);
                                        } catch (IOException e) {
                                            // seen by the console
                                        }
                                    });
                    drink(socket.getInputStream());
                    answer.join();
                });
        HttpProxyClient client = bench.client();
        client.send(
                "POST http://pc1/ HTTP/1.1\r\nHost: pc1\r\nContent-Length: " + SIZE + "\r\n\r\n");
        awaitStall(sent, bench.consoles());

        byte[] block = new byte[64 * 1024];
        for (int done = 0; done < SIZE; done += block.length) {
            client.send(block);
        }

        await().atMost(60, TimeUnit.SECONDS).until(() -> received.get() == SIZE);
        assertThat(sent.get()).isLessThan(SIZE);
        assertThat(client.read().bodyBytes()).hasSize(SIZE);
    }
}
