package org.outpost.amt.xml;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import java.util.Map;

/** Coverage-guided fuzzing of the XML reader; the profile {@code fuzz} searches on. */
final class ElementFuzzTest {
    private static final XmlLimits SMALL = new XmlLimits(4096, 8, 64, 4, 256);

    /** Any bytes: a tree within the limits, or the one exception. */
    @FuzzTest(maxDuration = "30s")
    void anyBytes(FuzzedDataProvider data) {
        byte[] bytes = data.consumeRemainingAsBytes();
        try {
            Element read = new ElementReader(SMALL).read(bytes);
            assertThat(depth(read)).isLessThanOrEqualTo(SMALL.depth());
            new ElementWriter(Map.of()).write(read);
        } catch (MalformedXmlException e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("cannot carry");
        }
    }

    private static int depth(Element element) {
        return 1 + element.children().stream().mapToInt(ElementFuzzTest::depth).max().orElse(0);
    }
}
