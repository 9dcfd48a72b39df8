package org.outpost.amt.xml;

/**
 * How much XML is read before it is refused.
 *
 * @param bytes of the whole document
 * @param depth of nested elements
 * @param elements in the document
 * @param attributes of one element
 * @param text characters of one text or attribute value
 */
public record XmlLimits(int bytes, int depth, int elements, int attributes, int text) {
    /** Room for the longest answers of AMT: 390 log records, or a page of certificates. */
    public static final XmlLimits DEFAULT = new XmlLimits(1 << 20, 32, 50_000, 32, 128 * 1024);

    /** Checks that each limit is positive. */
    public XmlLimits {
        if (bytes < 1 || depth < 1 || elements < 1 || attributes < 1 || text < 1) {
            throw new IllegalArgumentException("XML limits must be positive");
        }
    }
}
