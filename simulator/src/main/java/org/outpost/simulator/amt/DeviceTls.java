package org.outpost.simulator.amt;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;

import org.outpost.simulator.identity.DeviceProfile;
import org.outpost.simulator.identity.Generation;

import java.util.List;
import java.util.concurrent.Executor;

import javax.net.ssl.SSLException;

/**
 * The devices' TLS servers on 16993, 664 and 16995. One context serves all devices of a kind; keys
 * and signatures are made on the given executor, never on an event loop.
 */
public final class DeviceTls implements AutoCloseable {
    private final SslContext tls10;
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
        // The JDK has switched 1.0 off: without BoringSSL the oldest generation speaks 1.2.
        this.tls10 = context(keys, List.of(OpenSsl.isAvailable() ? "TLSv1" : "TLSv1.2"));
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
        return contextOf(device.generation())
                .newHandler(allocator, device.fqdn(), device.index(), executor);
    }

    private SslContext contextOf(Generation generation) {
        if (generation.serverSpeaksTls10()) {
            return tls10;
        }
        return generation.serverSpeaksTls13() ? tls13 : tls12;
    }

    /** Frees what the contexts hold outside the heap. */
    @Override
    public void close() {
        ReferenceCountUtil.release(tls10);
        ReferenceCountUtil.release(tls12);
        ReferenceCountUtil.release(tls13);
    }
}
