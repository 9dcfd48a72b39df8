package org.outpost.testkit.certificate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An OCSP responder (RFC 6960) over HTTP on loopback. It knows the certificates it is told of; of
 * others it says that it does not.
 */
public final class OcspResponder implements AutoCloseable {
    private final Map<BigInteger, CertificateStatus> statuses = new ConcurrentHashMap<>();
    private final Set<Manner> manners = ConcurrentHashMap.newKeySet();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final X509Certificate signer;
    private final PrivateKey key;
    private final HttpServer server;
    private volatile Duration life = Duration.ofSeconds(1);

    /** How it can misbehave. */
    public enum Manner {
        /** Takes questions and says nothing. */
        SILENT,
        /** Says that it should be tried later (RFC 6960 §2.3). */
        BUSY,
        /** Says that it does not serve who is asked about (RFC 6960 §2.3). */
        UNAUTHORIZED,
        /** Answers HTTP 500. */
        BROKEN,
        /** Answers what is no OCSP. */
        GARBLED,
        /** Repeats another nonce than it was sent. */
        OTHER_NONCE,
        /** Answers with what it said two hours ago. */
        STALE
    }

    /** A responder that signs as the authority itself. */
    public static OcspResponder of(TestCa ca) {
        return new OcspResponder(ca.certificate(), ca.key());
    }

    /** A responder that signs as somebody else. */
    public static OcspResponder signing(TestIdentity signer) {
        return new OcspResponder(signer.certificate(), signer.key());
    }

    private OcspResponder(X509Certificate signer, PrivateKey key) {
        this.signer = signer;
        this.key = key;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(workers);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Its URL. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ocsp");
    }

    /** Says from now on that a certificate is good. */
    public OcspResponder good(TestIdentity identity) {
        return says(identity, new KnownGood());
    }

    /** Says from now on that a certificate is revoked. */
    public OcspResponder revoked(TestIdentity identity) {
        RevokedStatus status = new RevokedStatus(Date.from(Instant.now()), CRLReason.keyCompromise);
        return says(identity, status);
    }

    /** Says from now on that it does not know a certificate. */
    public OcspResponder forget(TestIdentity identity) {
        statuses.remove(identity.certificate().getSerialNumber());
        return this;
    }

    /** For how long its answers hold; a second unless told otherwise. */
    public OcspResponder answersHold(Duration time) {
        life = time;
        return this;
    }

    /** Misbehaves from now on. */
    public OcspResponder begin(Manner manner) {
        manners.add(manner);
        return this;
    }

    /** Behaves again. */
    public OcspResponder behave() {
        manners.clear();
        return this;
    }

    /** How many questions came. */
    public int asked() {
        return asked.get();
    }

    /** What the map has for {@link CertificateStatus#GOOD}, which is null. */
    private static final class KnownGood implements CertificateStatus {}

    private OcspResponder says(TestIdentity identity, CertificateStatus status) {
        statuses.put(identity.certificate().getSerialNumber(), status);
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        try (exchange) {
            byte[] question = exchange.getRequestBody().readAllBytes();
            if (manners.contains(Manner.SILENT)) {
                closed.await();
                return;
            }
            if (manners.contains(Manner.BROKEN)) {
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            byte[] body =
                    manners.contains(Manner.GARBLED)
                            ? new byte[] {1, 2, 3}
                            : response(new OCSPReq(question)).getEncoded();
            exchange.getResponseHeaders().add("Content-Type", "application/ocsp-response");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OCSPException | OperatorCreationException | CertificateEncodingException e) {
            throw new IllegalStateException("no answer", e);
        }
    }

    private OCSPResp response(OCSPReq question)
            throws OCSPException, OperatorCreationException, CertificateEncodingException {
        OCSPRespBuilder responses = new OCSPRespBuilder();
        if (manners.contains(Manner.BUSY)) {
            return responses.build(OCSPRespBuilder.TRY_LATER, null);
        }
        if (manners.contains(Manner.UNAUTHORIZED)) {
            return responses.build(OCSPRespBuilder.UNAUTHORIZED, null);
        }
        Instant begin =
                manners.contains(Manner.STALE)
                        ? Instant.now().minus(Duration.ofHours(2))
                        : Instant.now();
        X509CertificateHolder holder = new JcaX509CertificateHolder(signer);
        BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(new RespID(holder.getSubject()));
        for (Req each : question.getRequestList()) {
            CertificateStatus status = statuses.get(each.getCertID().getSerialNumber());
            builder.addResponse(
                    each.getCertID(),
                    status == null
                            ? new UnknownStatus()
                            : status instanceof KnownGood ? CertificateStatus.GOOD : status,
                    Date.from(begin),
                    Date.from(begin.plus(life)),
                    null);
        }
        Extension nonce = question.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
        if (nonce != null) {
            builder.setResponseExtensions(new Extensions(repeated(nonce)));
        }
        return responses.build(
                OCSPRespBuilder.SUCCESSFUL,
                builder.build(
                        new JcaContentSignerBuilder("SHA256withRSA").build(key),
                        new X509CertificateHolder[] {holder},
                        Date.from(begin)));
    }

    private Extension repeated(Extension nonce) {
        if (!manners.contains(Manner.OTHER_NONCE)) {
            return nonce;
        }
        byte[] other = nonce.getExtnValue().getOctets().clone();
        other[other.length - 1] ^= 1;
        return new Extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, other);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        workers.shutdownNow();
    }
}
