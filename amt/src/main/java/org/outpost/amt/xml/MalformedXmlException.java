package org.outpost.amt.xml;

/** What a device sent is no XML that we read, or not the XML that it should be. */
public final class MalformedXmlException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * With the reason.
     *
     * @param message what is wrong, without the device's own text
     */
    public MalformedXmlException(String message) {
        super(message);
    }

    /**
     * With what the parser said.
     *
     * @param message what is wrong
     * @param cause the parser's exception
     */
    public MalformedXmlException(String message, Throwable cause) {
        super(message, cause);
    }
}
