package org.outpost.access.audit.verify;

import org.jspecify.annotations.Nullable;
import org.outpost.access.audit.AuditHash;
import org.outpost.access.audit.AuditJson;
import org.outpost.access.audit.AuditLine;
import org.outpost.access.audit.AuditLine.Checkpoint;
import org.outpost.access.audit.AuditLine.Header;
import org.outpost.access.audit.AuditLine.Link;
import org.outpost.access.audit.AuditLine.Seal;
import org.outpost.access.audit.TrustedKeys;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Verifies a file of JSON lines, without a database: an export, which begins with a header and ends
 * with a seal, or a copy that {@link org.outpost.access.audit.sink.JsonLinesFile} wrote, which has
 * neither. Takes one line at a time into memory.
 */
public final class AuditFileVerifier {
    private final TrustedKeys keys;
    private final ChainCheck check;
    private final MessageDigest digest = AuditHash.newSha256();
    private long line;
    private boolean isExport;
    private boolean isSealed;

    private AuditFileVerifier(TrustedKeys keys) {
        this.keys = keys;
        this.check = new ChainCheck(keys);
    }

    /**
     * Verifies. Blocks.
     *
     * @param keys from a place that whoever made the file cannot write to
     * @param file stays the caller's to close
     * @throws IOException when the file cannot be read
     */
    public static Verification verify(TrustedKeys keys, InputStream file) throws IOException {
        return new AuditFileVerifier(keys).run(new BufferedInputStream(file, 1 << 16));
    }

    private Verification run(InputStream file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
        while (read(file, bytes)) {
            line++;
            check.atLine(line);
            if (isSealed) {
                check.fail(Fault.INSERTED, check.expected(), "something stands behind the seal");
                break;
            }
            accept(bytes.toByteArray());
        }
        if (isExport && !isSealed) {
            check.atLine(line + 1);
            check.fail(Fault.CUT, check.expected(), "the export has no seal: its end was cut away");
        }
        if (line == 0) {
            check.fail(Fault.CUT, 1, "the file is empty");
        }
        return check.finish(isSealed);
    }

    /** Reads up to a line's end, that included; false at the end of the file. */
    private static boolean read(InputStream file, ByteArrayOutputStream bytes) throws IOException {
        bytes.reset();
        for (int b = file.read(); b >= 0; b = file.read()) {
            bytes.write(b);
            if (b == '\n' || bytes.size() > AuditJson.LONGEST_LINE) {
                return true;
            }
        }
        return bytes.size() > 0;
    }

    private void accept(byte[] bytes) {
        AuditLine read = parse(bytes);
        if (read == null) {
            return;
        }
        switch (read) {
            case Header _ when line == 1 -> isExport = true;
            case Header _ -> malformed("a header in the middle");
            case Link link -> check.accept(link);
            case Checkpoint checkpoint -> check.accept(checkpoint);
            case Seal seal -> accept(seal);
        }
        digest.update(bytes);
    }

    private @Nullable AuditLine parse(byte[] bytes) {
        int length = bytes.length - 1;
        if (bytes[length] != '\n') {
            malformed(
                    bytes.length > AuditJson.LONGEST_LINE
                            ? "it is longer than any line of a trail"
                            : "its line does not end");
            return null;
        }
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, 0, length))
                            .toString();
            return AuditJson.read(text);
        } catch (CharacterCodingException e) {
            malformed("it is no UTF-8");
        } catch (IllegalArgumentException e) {
            malformed(String.valueOf(e.getMessage()));
        }
        return null;
    }

    private void malformed(String reason) {
        check.fail(
                Fault.MALFORMED,
                check.expected(),
                "line "
                        + line
                        + ", where entry "
                        + check.expected()
                        + " should be, is none of a trail: "
                        + reason);
    }

    private void accept(Seal seal) {
        isSealed = true;
        if (!isExport) {
            check.fail(
                    Fault.CUT, check.expected(), "a seal without a header: the beginning was cut");
            return;
        }
        switch (keys.check(seal)) {
            case UNKNOWN_KEY ->
                    check.fail(
                            Fault.UNKNOWN_KEY,
                            check.last(),
                            "the seal was signed by the key "
                                    + seal.key()
                                    + ", which was not given to verify with");
            case BAD -> check.fail(Fault.BAD_SIGNATURE, check.last(), "the seal is forged");
            case GOOD -> {
                if (seal.lines() != line - 1) {
                    check.fail(
                            Fault.REMOVED,
                            check.last(),
                            "the seal stands for "
                                    + seal.lines()
                                    + " lines, and "
                                    + (line - 1)
                                    + " are there: some were removed or added where the chain does"
                                    + " not tell, at the beginning or the end, or checkpoints");
                } else if (!seal.sha256().equals(HexFormat.of().formatHex(digest.digest()))) {
                    check.fail(
                            Fault.CHANGED,
                            check.last(),
                            "the lines are not those that were sealed, although the chain fits");
                }
            }
        }
    }
}
