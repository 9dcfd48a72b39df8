package org.outpost.server.soap;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.outpost.server.web.security.Open;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The SOAP endpoint: calls by POST, whatever their SOAPAction; the WSDL by GET. */
@RestController
@RequestMapping(MpsController.PATH)
final class MpsController {
    /** Where consoles find it on the web door. */
    static final String PATH = "/soap/mps";

    private static final String WSDL = "mps.wsdl";

    private final SoapReader reader = new SoapReader();
    private final MpsService service;

    MpsController(MpsService service) {
        this.service = service;
    }

    @PostMapping
    @Open(Open.To.ANYBODY) // signed in by Basic before: see ConsoleSignInFilter
    ResponseEntity<byte[]> call(
            HttpServletRequest http, @RequestAttribute(ConsoleSignInFilter.CONSOLE) String console)
            throws IOException {
        SoapVersion version = versionOf(http.getContentType());
        try {
            byte[] envelope = http.getInputStream().readNBytes(SoapReader.LARGEST + 1);
            if (envelope.length > SoapReader.LARGEST) {
                throw SoapFaultException.caller(
                        "INVALID_MESSAGE",
                        "the envelope is larger than " + SoapReader.LARGEST + " bytes");
            }
            SoapRequest request = reader.read(envelope);
            version = request.version();
            return answer(HttpStatus.OK, version, service.call(console, request).to(request));
        } catch (SoapFaultException fault) {
            boolean sender = version == SoapVersion.V1_2 && fault.isCallers();
            return answer(
                    sender ? HttpStatus.BAD_REQUEST : HttpStatus.INTERNAL_SERVER_ERROR,
                    version,
                    SoapAnswer.fault(version, fault));
        }
    }

    /** For an answer to what cannot be read. */
    private static SoapVersion versionOf(@Nullable String contentType) {
        return contentType != null && contentType.startsWith("application/soap+xml")
                ? SoapVersion.V1_2
                : SoapVersion.V1_1;
    }

    private static ResponseEntity<byte[]> answer(
            HttpStatus status, SoapVersion version, String envelope) {
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType(version.contentType()))
                .body(envelope.getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping(produces = MediaType.TEXT_XML_VALUE)
    @Open(Open.To.ANYBODY) // signed in by Basic before: see ConsoleSignInFilter
    ResponseEntity<byte[]> wsdl(HttpServletRequest http) throws IOException {
        try (InputStream file = MpsController.class.getResourceAsStream(WSDL)) {
            if (file == null) {
                throw new IllegalStateException(WSDL + " is not in the jar");
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            // The address as the caller wrote it; a host name has no character that XML minds.
            String address = "https://" + http.getServerName() + ":" + http.getServerPort() + PATH;
            return ResponseEntity.ok()
                    .contentType(new MediaType("text", "xml", StandardCharsets.UTF_8))
                    .body(
                            text.replace("ADDRESS", address.replaceAll("[<>&\"']", ""))
                                    .getBytes(StandardCharsets.UTF_8));
        }
    }
}
