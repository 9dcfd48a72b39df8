package org.outpost.access.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.outpost.access.audit.verify.Verification.Broken;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** The first entry at fault is named, and in which way. Line 1 is the header, line 2 entry 1. */
class AuditFileVerifierTest {
    private static final byte[] EXPORT = ExportedFile.bytes();

    private static void assertBroken(
            Consumer<List<String>> change, Fault fault, long sequence, long line) {
        List<String> lines = ExportedFile.lines(EXPORT);
        change.accept(lines);
        assertThat(ExportedFile.verify(ExportedFile.bytes(lines)))
                .isInstanceOfSatisfying(
                        Broken.class,
                        broken -> {
                            assertThat(broken.fault()).as(broken.reason()).isEqualTo(fault);
                            assertThat(broken.sequence()).as(broken.reason()).isEqualTo(sequence);
                            assertThat(broken.line()).as(broken.reason()).isEqualTo(line);
                            assertThat(broken.reason()).isNotBlank();
                        });
    }

    @Test
    void anEntryThatWasChangedIsNamed() {
        assertBroken(
                lines -> lines.replaceAll(l -> l.contains(":7,") ? l.replace("alice", "bob") : l),
                Fault.CHANGED,
                7,
                8);
    }

    @Test
    void anEntryThatWasTakenAwayIsNamed() {
        assertBroken(lines -> lines.remove(7), Fault.REMOVED, 7, 8);
    }

    @Test
    void entriesInAnotherOrderAreNamed() {
        assertBroken(lines -> Collections.swap(lines, 7, 8), Fault.REORDERED, 7, 8);
    }

    @Test
    void anEntryThatIsThereTwiceIsNamed() {
        assertBroken(lines -> lines.add(8, lines.get(5)), Fault.INSERTED, 5, 9);
    }

    @Test
    void aTailThatWasCutBehindACheckpointIsNamed() {
        assertBroken(
                lines -> lines.subList(lines.size() - 6, lines.size()).clear(), Fault.CUT, 21, 24);
    }

    @Test
    void aTailThatWasCutAndItsCheckpointKeptIsNamed() {
        assertBroken(lines -> lines.subList(18, 22).clear(), Fault.REMOVED, 17, 19);
    }

    @Test
    void aBeginningThatWasCutIsFound() {
        assertBroken(lines -> lines.subList(1, 5).clear(), Fault.REMOVED, 25, 25);
        assertBroken(lines -> lines.subList(0, 5).clear(), Fault.CUT, 26, 24);
    }

    @Test
    void aForgedCheckpointIsNamed() {
        assertBroken(
                lines -> lines.set(11, lines.get(11).replace("\"time\":\"2026", "\"time\":\"2027")),
                Fault.BAD_SIGNATURE,
                10,
                12);
    }

    @Test
    void whatIsNoTrailIsNamed() {
        assertBroken(lines -> lines.set(7, "not JSON"), Fault.MALFORMED, 7, 8);
        assertBroken(lines -> lines.set(7, "x".repeat(200_000)), Fault.MALFORMED, 7, 8);
        assertBroken(lines -> lines.set(0, "{\"kind\":\"mystery\"}"), Fault.MALFORMED, 1, 1);
        assertBroken(List::clear, Fault.CUT, 1, 0);
        byte[] noEnd = "{}".getBytes(StandardCharsets.UTF_8);
        assertThat(ExportedFile.verify(noEnd)).isInstanceOf(Broken.class);
        assertThat(ExportedFile.verify(new byte[] {(byte) 0xc3, '\n'})).isInstanceOf(Broken.class);
    }
}
