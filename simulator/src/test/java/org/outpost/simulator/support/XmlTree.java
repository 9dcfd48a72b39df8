package org.outpost.simulator.support;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;

/** An element of an answer, read by another parser than the device's. */
public final class XmlTree {
    private final Element element;

    private XmlTree(Element element) {
        this.element = element;
    }

    public static XmlTree parse(String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return new XmlTree(
                    factory.newDocumentBuilder()
                            .parse(new InputSource(new StringReader(text)))
                            .getDocumentElement());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(text, e);
        }
    }

    public String name() {
        return element.getLocalName();
    }

    public String text() {
        return element.getTextContent();
    }

    public List<XmlTree> children() {
        List<XmlTree> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(new XmlTree(child));
            }
        }
        return children;
    }

    /** The first child with that local name, and so on down the path. */
    public XmlTree at(String... path) {
        XmlTree found = this;
        for (String name : path) {
            found =
                    found.children().stream()
                            .filter(child -> child.name().equals(name))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("no " + name));
        }
        return found;
    }

    /** The element as it reads, with the namespaces it needs. */
    public String xml() {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter text = new StringWriter();
            transformer.transform(new DOMSource(element), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw new AssertionError(e);
        }
    }
}
