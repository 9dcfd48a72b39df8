package org.outpost.server.soap;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call: the first element in the body of an envelope, and its children.
 *
 * @param version in which the answer is due
 * @param namespace of the operation's element; possibly empty, and the answer's too
 * @param operation the element's local name
 * @param fields the text of each child, by local name, in the order of their coming
 */
record SoapRequest(
        SoapVersion version, String namespace, String operation, Map<String, List<String>> fields) {

    /** The text of a field; empty when it is missing or blank. */
    Optional<String> field(String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.isEmpty() || values.getFirst().isBlank()
                ? Optional.empty()
                : Optional.of(values.getFirst().strip());
    }

    /** The text of a field that must be there. */
    String required(String name) throws SoapFaultException {
        return field(name)
                .orElseThrow(
                        () ->
                                SoapFaultException.caller(
                                        "INVALID_PARAMETER",
                                        operation + " needs the field " + name));
    }

    /** A field that is a number from 0 to 4294967295. */
    Optional<Long> unsigned(String name) throws SoapFaultException {
        Optional<String> text = field(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of((long) Integer.parseUnsignedInt(text.get()) & 0xffff_ffffL);
        } catch (NumberFormatException e) {
            throw SoapFaultException.caller(
                    "INVALID_PARAMETER", name + " is not an unsigned integer");
        }
    }
}
