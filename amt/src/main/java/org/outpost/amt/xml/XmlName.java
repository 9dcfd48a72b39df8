package org.outpost.amt.xml;

/**
 * The name of an element or attribute.
 *
 * @param namespace its URI; empty for none
 * @param local its local name
 */
public record XmlName(String namespace, String local) {
    @Override
    public String toString() {
        return namespace.isEmpty() ? local : '{' + namespace + '}' + local;
    }
}
