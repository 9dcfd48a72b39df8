package org.outpost.gateway.terminator;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.handler.codec.haproxy.HAProxySSLTLV;
import io.netty.handler.codec.haproxy.HAProxyTLV;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** Finds in a decoded header what counts for us (PROXY protocol specification, section 2). */
final class ProxyHeaderReader {
    /** PP2_SUBTYPE_SSL_CIPHER. */
    private static final int CIPHER = 0x23;

    /** The first byte of DER (a SEQUENCE); base64 of it begins with an {@code M}. */
    private static final byte DER = 0x30;

    private final int certificateTlv;

    ProxyHeaderReader(int certificateTlv) {
        this.certificateTlv = certificateTlv;
    }

    /**
     * Reads.
     *
     * @throws HAProxyProtocolException when it makes no sense; the message says what
     */
    ProxyHeader read(HAProxyMessage message) {
        if (message.command() == HAProxyCommand.LOCAL
                || message.proxiedProtocol() == HAProxyProxiedProtocol.UNKNOWN) {
            return new ProxyHeader.OfPeer();
        }
        return switch (message.proxiedProtocol()) {
            case TCP4, TCP6 -> new ProxyHeader.Client(source(message), terminated(message.tlvs()));
            default ->
                    throw new HAProxyProtocolException(
                            "the header speaks for "
                                    + message.proxiedProtocol()
                                    + ", not for a TCP connection");
        };
    }

    private static InetSocketAddress source(HAProxyMessage message) {
        String address = message.sourceAddress();
        if (address == null) {
            throw new HAProxyProtocolException("the header names no source address");
        }
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(address), message.sourcePort());
        } catch (IllegalArgumentException e) {
            throw new HAProxyProtocolException("the header's source is no address", e);
        }
    }

    private @Nullable TerminatedTls terminated(List<HAProxyTLV> tlvs) {
        for (HAProxyTLV tlv : tlvs) {
            if (tlv instanceof HAProxySSLTLV ssl && ssl.isPP2ClientSSL()) {
                boolean verified =
                        ssl.verify() == 0
                                && (ssl.isPP2ClientCertConn() || ssl.isPP2ClientCertSess());
                return new TerminatedTls(
                        text(ssl.encapsulatedTLVs(), HAProxyTLV.Type.PP2_TYPE_SSL_VERSION),
                        cipher(ssl.encapsulatedTLVs()),
                        verified ? name(ssl.encapsulatedTLVs()) : null,
                        verified ? certificate(tlvs) : null);
            }
        }
        return null;
    }

    private static @Nullable String name(List<HAProxyTLV> tlvs) {
        String name = text(tlvs, HAProxyTLV.Type.PP2_TYPE_SSL_CN);
        return name.isBlank() ? null : name;
    }

    private static String text(List<HAProxyTLV> tlvs, HAProxyTLV.Type type) {
        return tlvs.stream()
                .filter(tlv -> tlv.type() == type)
                .findFirst()
                .map(ProxyHeaderReader::text)
                .orElse("");
    }

    private static String cipher(List<HAProxyTLV> tlvs) {
        return tlvs.stream()
                .filter(tlv -> Byte.toUnsignedInt(tlv.typeByteValue()) == CIPHER)
                .findFirst()
                .map(ProxyHeaderReader::text)
                .orElse("");
    }

    private static String text(HAProxyTLV tlv) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(tlv.content().nioBuffer()).toString();
        } catch (CharacterCodingException e) {
            throw new HAProxyProtocolException("a text in the header is not UTF-8", e);
        }
    }

    private @Nullable X509Certificate certificate(List<HAProxyTLV> tlvs) {
        if (certificateTlv == 0) {
            return null;
        }
        for (HAProxyTLV tlv : tlvs) {
            if (Byte.toUnsignedInt(tlv.typeByteValue()) == certificateTlv
                    && tlv.content().isReadable()) {
                return parse(ByteBufUtil.getBytes(tlv.content()));
            }
        }
        return null;
    }

    private static X509Certificate parse(byte[] content) {
        try {
            byte[] der = content[0] == DER ? content : Base64.getMimeDecoder().decode(content);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new HAProxyProtocolException("the certificate in the header cannot be read", e);
        }
    }
}
