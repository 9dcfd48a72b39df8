package org.outpost.simulator.amt;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;

import org.outpost.simulator.identity.DeviceProfile;

import java.util.List;
import java.util.concurrent.Executor;

import javax.net.ssl.SSLException;

/**
 * The devices' TLS servers on 16993, 664 and 16995. One context serves all devices of a kind; keys
 * and signatures are made on the given executor, never on an event loop.
 */
public final class DeviceTls implements AutoCloseable {
    private final SslContext tls12;
    private final SslContext tls13;
    private final Executor executor;

    /**
     * TLS servers of a process.
     *
     * @param certificates the devices' certificates
     * @param executor runs what a handshake has to compute
     */
    public DeviceTls(DeviceCertificates certificates, Executor executor) {
        DeviceKeyManager keys = new DeviceKeyManager(certificates);
        this.tls12 = context(keys, List.of("TLSv1.2"));
        this.tls13 = context(keys, List.of("TLSv1.2", "TLSv1.3"));
        this.executor = executor;
    }

    private static SslContext context(DeviceKeyManager keys, List<String> protocols) {
        try {
            return SslContextBuilder.forServer(keys)
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols(protocols)
                    // A device's tickets must not outlive it, and resumption would hide its name.
                    .sessionCacheSize(1)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("no TLS on this platform", e);
        }
    }

    /** A TLS handler for a connection of that device; to be added to its pipeline. */
    public SslHandler newHandler(DeviceProfile device, ByteBufAllocator allocator) {
        SslContext context = device.generation().serverSpeaksTls13() ? tls13 : tls12;
        return context.newHandler(allocator, device.fqdn(), device.index(), executor);
    }

    /** Frees what the contexts hold outside the heap. */
    @Override
    public void close() {
        ReferenceCountUtil.release(tls12);
        ReferenceCountUtil.release(tls13);
    }
}
