package org.outpost.amt.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The tree, its reader and its writer. */
final class ElementTest {
    private static final XmlLimits SMALL = new XmlLimits(4096, 8, 64, 4, 256);

    private static Element read(String xml) throws MalformedXmlException {
        return new ElementReader(SMALL).read(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anArrayAndASingleValueAreReadAlike() throws MalformedXmlException {
        Element one = read("<a xmlns='urn:a'><X>1</X></a>");
        Element many = read("<a xmlns='urn:a'><X>1</X><Y/><X>2</X></a>");

        assertThat(one.texts("X")).containsExactly("1");
        assertThat(many.integers("X")).containsExactly(1, 2);
        assertThat(many.text("Y")).contains("");
        assertThat(many.text("Z")).isEmpty();
        assertThat(one.integer("X")).isEqualTo(OptionalInt.of(1));
    }

    @Test
    void aChangeKeepsWhatItDoesNotKnowInItsPlace() throws MalformedXmlException {
        Element read = read("<a xmlns='urn:a'><A>1</A><B>2</B><B>3</B><New x='y'>?</New></a>");

        Element changed = read.with("B", List.of("4")).with("Aa", true).without(Set.of("A"));

        assertThat(changed.children()).extracting(Element::local).containsExactly("Aa", "B", "New");
        assertThat(changed.child("New").orElseThrow().attribute("x")).contains("y");
        assertThat(read.texts("B")).containsExactly("2", "3");
    }

    @Test
    void momentsAreReadFromEitherForm() throws MalformedXmlException {
        Element read =
                read("<a><T><Datetime>2020-08-10T00:00:00Z</Datetime></T><U>2020-08-10</U></a>");

        assertThat(read.moment("T").orElseThrow()).hasToString("2020-08-10T00:00:00Z");
        assertThat(read.moment("U")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
                "<!DOCTYPE a SYSTEM 'http://127.0.0.1/x.dtd'><a/>",
                "<a>&x;</a>",
                "<a><?php?></a>",
                "<a><b></a>",
                "<a><a><a><a><a><a><a><a><a/></a></a></a></a></a></a></a></a>",
                "<a a='1' b='1' c='1' d='1' e='1'/>",
                "<p:a/>",
                "",
                "HTTP"
            })
    void whatIsNotAllowedIsRefused(String xml) {
        assertThatThrownBy(() -> read(xml)).isInstanceOf(MalformedXmlException.class);
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertThatThrownBy(() -> read("<a>" + "x".repeat(257) + "</a>"))
                .isInstanceOf(MalformedXmlException.class);
        assertThatThrownBy(() -> read("<a>" + "<b/>".repeat(100) + "</a>"))
                .isInstanceOf(MalformedXmlException.class);
        assertThatThrownBy(() -> read("<a>" + " ".repeat(5000) + "</a>"))
                .isInstanceOf(MalformedXmlException.class);
    }

    @Test
    void bytesThatAreNoUtf8DoNotHideTheRest() throws MalformedXmlException {
        byte[] xml = "<a><S>ser?al</S><T>1</T></a>".getBytes(StandardCharsets.ISO_8859_1);
        xml[9] = (byte) 0xE9;

        Element read = new ElementReader(SMALL).read(xml);

        assertThat(read.text("T")).contains("1");
        assertThat(read.text("S").orElseThrow()).contains("\ufffd");
    }

    @Test
    void whatIsWrittenReadsTheSame() throws MalformedXmlException {
        Element tree =
                Element.of(
                        "urn:a",
                        "a",
                        List.of(
                                Element.of("urn:b", "b", "<&>\"'").attribute("Name", "1 < 2"),
                                Element.of("urn:c", "c", List.of()),
                                Element.of("urn:a", "d", "x")));

        String written = new ElementWriter(Map.of("urn:a", "p")).write(tree);

        assertThat(read(written)).isEqualTo(tree);
        assertThat(written).contains("<p:a xmlns:p=\"urn:a\">");
    }

    @Test
    void whatXmlCannotCarryIsRefused() {
        Element bad = Element.of("", "a", "\u0001");

        assertThatThrownBy(() -> new ElementWriter(Map.of()).write(bad))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
