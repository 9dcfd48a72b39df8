package org.outpost.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.outpost.testkit.certificate.TestCa;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Revocation lists as operators hand them over. */
final class CrlFileTest {
    @Test
    void aListThatIsNoneIsAnErrorThatNamesTheFile(@TempDir Path folder) throws Exception {
        String certificate = Files.readString(TestCa.in(folder).caFile());
        for (String content : List.of("", "nonsense", certificate)) {
            Path file = Files.writeString(folder.resolve("bad.crl"), content);

            assertThatThrownBy(() -> CrlFile.read(file))
                    .as(content)
                    .isInstanceOf(IdentityException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void aListWithoutANumberIsThatBeforeTheFirst(@TempDir Path folder) throws Exception {
        Path list = TestCa.in(folder).crl("ca.crl");

        assertThat(CrlFile.number(CrlFile.read(list).getFirst())).isEqualTo(BigInteger.ZERO);
    }

    /** Whatever a disk makes of a list: it is read, or refused in words, and nothing else. */
    @Property(tries = 300)
    void aSpoiledListIsReadOrRefused(
            @ForAll @IntRange(max = 2000) int at, @ForAll byte with, @ForAll boolean cut)
            throws IOException {
        Path file = Files.createTempFile("spoiled", ".crl");
        try {
            byte[] bytes = Lists.SOUND.clone();
            int place = at % bytes.length;
            bytes[place] = with;
            Files.write(file, cut ? Arrays.copyOf(bytes, place) : bytes);
            assertThat(CrlFile.read(file)).isNotEmpty();
        } catch (IdentityException refused) {
            assertThat(refused).hasMessageContaining(file.toString());
        } finally {
            Files.delete(file);
        }
    }

    private static final class Lists {
        private static final byte[] SOUND = sound();

        private static byte[] sound() {
            try {
                Path folder = Files.createTempDirectory("crl");
                TestCa ca = TestCa.in(folder);
                return CrlFile.read(ca.crl("ca.crl", ca.client("one"), ca.client("two")))
                        .getFirst()
                        .getEncoded();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
