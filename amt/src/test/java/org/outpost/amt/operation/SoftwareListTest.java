package org.outpost.amt.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;
import org.outpost.amt.operation.storage.SoftwareList;
import org.outpost.amt.operation.storage.SoftwareList.Item;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The list of software as a block of flash keeps it. */
final class SoftwareListTest {
    @Provide
    static Arbitrary<List<Item>> lists() {
        Arbitrary<String> texts =
                Arbitraries.strings().alpha().numeric().withChars("-+.~ ()äß中").ofMaxLength(40);
        return Combinators.combine(texts, texts, texts)
                .as((name, version, vendor) -> new Item("x" + name, version, vendor))
                .list()
                .ofMaxSize(50);
    }

    /** Whatever the rest of the flash holds: zeroes, or what erased flash reads as. */
    @Property(tries = 200)
    void whatIsWrittenIsRead(
            @ForAll("lists") List<Item> items, @ForAll boolean erased, @ForAll boolean full)
            throws IOException {
        byte[] packed = new SoftwareList(items).encode();
        byte[] block = Arrays.copyOf(packed, full ? packed.length : packed.length + 5000);
        if (erased) {
            Arrays.fill(block, packed.length, block.length, (byte) 0xFF);
        }

        assertThat(SoftwareList.decode(block).items()).isEqualTo(items);
    }

    @Property(tries = 200)
    void whatWasNotWrittenToTheEndIsToldFromWhatWas(@ForAll("lists") List<Item> items) {
        byte[] packed = new SoftwareList(items).encode();
        byte[] torn = Arrays.copyOf(packed, packed.length + 100);
        Arrays.fill(torn, packed.length / 2, torn.length, (byte) 0xFF);

        assertThatThrownBy(() -> SoftwareList.decode(torn)).isInstanceOf(IOException.class);
    }

    @Test
    void textOfOtherProgramsIsReadUpToWhereItEnds() throws IOException {
        String text =
                "bash\t5.2.15\tDebian\r\n\n \t nameless\nopenssl\t 3.0\nonly-a-name\u0000rest\t1\n";
        byte[] block = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), 4096);

        assertThat(SoftwareList.decode(block).items())
                .containsExactly(
                        new Item("bash", "5.2.15", "Debian"),
                        new Item("openssl", "3.0", ""),
                        new Item("only-a-name", "", ""));
    }

    @Test
    void whatOthersWroteIsSafeToShow() throws IOException {
        String text = "\u001b[31mred\u001b[0m\t" + "9".repeat(500) + "\n";

        Item item = SoftwareList.decode(text.getBytes(StandardCharsets.UTF_8)).items().getFirst();

        assertThat(item.name()).isEqualTo("[31mred[0m");
        assertThat(item.version()).hasSize(SoftwareList.LONGEST);
    }

    @Test
    void erasedFlashIsAnEmptyList() throws IOException {
        byte[] erased = new byte[4096];
        Arrays.fill(erased, (byte) 0xFF);

        assertThat(SoftwareList.decode(erased).items()).isEmpty();
        assertThat(SoftwareList.decode(new byte[0]).items()).isEmpty();
    }

    @Test
    void aListIsNeverLongerThanItMayBe() {
        List<Item> many = Collections.nCopies(SoftwareList.MOST + 1, new Item("a", "", ""));
        assertThatThrownBy(() -> new SoftwareList(many)).hasMessageContaining("20000");

        byte[] text = "a\n".repeat(SoftwareList.MOST + 1).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> SoftwareList.decode(text)).hasMessageContaining("20000");
    }

    @Test
    void anItemFitsIntoALine() {
        assertThatThrownBy(() -> new Item(" ", "1", "")).hasMessageContaining("a name");
        assertThatThrownBy(() -> new Item("a\tb", "1", "")).hasMessageContaining("control");
        assertThatThrownBy(() -> new Item("a", "1".repeat(201), "")).hasMessageContaining("200");
    }
}
