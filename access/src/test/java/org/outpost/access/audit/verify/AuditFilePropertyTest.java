package org.outpost.access.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.outpost.access.audit.verify.Verification.Broken;
import org.outpost.access.audit.verify.Verification.Sound;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Whatever one thing is changed in an exported file, it is found. */
class AuditFilePropertyTest {
    /** Header, 25 entries, two checkpoints, seal. */
    private static final int LINES = 29;

    private static final byte[] EXPORT = ExportedFile.bytes();

    @Property(tries = 3_000)
    void anyByteThatIsChangedIsFound(
            @ForAll @IntRange(min = 0, max = 1_000_000) int where, @ForAll byte what) {
        byte[] edited = EXPORT.clone();
        int at = where % edited.length;
        edited[at] = what;

        Verification found = ExportedFile.verify(edited);

        if (Arrays.equals(edited, EXPORT)) {
            assertThat(found).isEqualTo(new Sound(1, 25, 25, 20, true));
        } else {
            assertThat(found).isInstanceOf(Broken.class);
        }
    }

    @Property(tries = 1_000)
    void anyByteThatIsAddedOrTakenAwayIsFound(
            @ForAll @IntRange(min = 0, max = 1_000_000) int where,
            @ForAll byte what,
            @ForAll boolean add) {
        int at = where % EXPORT.length;
        byte[] edited = new byte[EXPORT.length + (add ? 1 : -1)];
        System.arraycopy(EXPORT, 0, edited, 0, at);
        if (add) {
            edited[at] = what;
            System.arraycopy(EXPORT, at, edited, at + 1, EXPORT.length - at);
        } else {
            System.arraycopy(EXPORT, at + 1, edited, at, EXPORT.length - at - 1);
        }

        assertThat(ExportedFile.verify(edited)).isInstanceOf(Broken.class);
    }

    @Property(tries = 29)
    void anyLineThatIsTakenAwayIsFound(@ForAll @IntRange(min = 0, max = LINES - 1) int which) {
        List<String> lines = ExportedFile.lines(EXPORT);
        lines.remove(which);

        assertThat(ExportedFile.verify(ExportedFile.bytes(lines))).isInstanceOf(Broken.class);
    }

    @Property(tries = 300)
    void anyTwoLinesThatAreSwappedAreFound(
            @ForAll @IntRange(min = 0, max = LINES - 1) int one,
            @ForAll @IntRange(min = 0, max = LINES - 1) int other) {
        List<String> lines = ExportedFile.lines(EXPORT);
        Collections.swap(lines, one, other);

        if (one == other) {
            assertThat(ExportedFile.verify(ExportedFile.bytes(lines))).isInstanceOf(Sound.class);
        } else {
            assertThat(ExportedFile.verify(ExportedFile.bytes(lines))).isInstanceOf(Broken.class);
        }
    }

    @Property(tries = 300)
    void anyLineThatIsThereTwiceIsFound(
            @ForAll @IntRange(min = 0, max = LINES - 1) int which,
            @ForAll @IntRange(min = 0, max = LINES) int where) {
        List<String> lines = ExportedFile.lines(EXPORT);
        lines.add(where, lines.get(which));

        assertThat(ExportedFile.verify(ExportedFile.bytes(lines))).isInstanceOf(Broken.class);
    }

    @Property(tries = 300)
    void anyCutIsFound(
            @ForAll @IntRange(min = 0, max = LINES) int from,
            @ForAll @IntRange(min = 0, max = LINES) int to) {
        List<String> lines =
                ExportedFile.lines(EXPORT).subList(Math.min(from, to), Math.max(from, to));
        Verification found = ExportedFile.verify(ExportedFile.bytes(lines));

        if (lines.size() == LINES) {
            assertThat(found).isInstanceOf(Sound.class);
        } else if (found instanceof Sound sound) {
            assertThat(sound.sealed())
                    .as("what has neither header nor seal is no export")
                    .isFalse();
            assertThat(Math.min(from, to)).isPositive();
            assertThat(Math.max(from, to)).isLessThan(LINES);
        }
    }
}
