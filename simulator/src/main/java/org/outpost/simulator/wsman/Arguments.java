package org.outpost.simulator.wsman;

import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Reference;
import org.outpost.simulator.cim.Value;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a request says: the input of a method, or the instance of a Put or Create. What is missing
 * or not of its type is a schema fault.
 *
 * @param target the instance that the selectors name; for Create an empty one
 * @param element the element that holds the arguments
 */
public record Arguments(Instance target, XmlElement element) {
    /** Whether an argument is there. */
    public boolean has(String name) {
        return element.child(name).isPresent();
    }

    /** A text of at most so many characters; empty when it is not there. */
    public String text(String name, int longest) throws FaultException {
        String text = element.childText(name);
        if (text.length() > longest) {
            throw invalid(name);
        }
        return text;
    }

    /** A number that must be there. */
    public long number(String name, long least, long most) throws FaultException {
        return number(name, element.childText(name), least, most);
    }

    /** A number that may be left out. */
    public long number(String name, long least, long most, long otherwise) throws FaultException {
        return has(name) ? number(name, least, most) : otherwise;
    }

    /** Numbers; none when it is not there. */
    public List<Long> numbers(String name, long least, long most) throws FaultException {
        List<Long> numbers = new ArrayList<>();
        for (XmlElement child : all(name)) {
            numbers.add(number(name, child.text(), least, most));
        }
        return numbers;
    }

    static long number(String name, String text, long least, long most) throws FaultException {
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw invalid(name);
        }
        if (number < least || number > most) {
            throw invalid(name);
        }
        return number;
    }

    /** A Boolean that must be there. */
    public boolean flag(String name) throws FaultException {
        return flag(name, element.childText(name));
    }

    static boolean flag(String name, String text) throws FaultException {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw invalid(name);
        };
    }

    /** Bytes in Base64 that must be there. */
    public byte[] bytes(String name, int most) throws FaultException {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(element.childText(name));
        } catch (IllegalArgumentException e) {
            throw invalid(name);
        }
        if (bytes.length == 0 || bytes.length > most) {
            throw invalid(name);
        }
        return bytes;
    }

    /** A reference that must be there. */
    public Reference reference(String name) throws FaultException {
        return optionalReference(name).orElseThrow(() -> invalid(name));
    }

    /** A reference that may be left out. */
    public Optional<Reference> optionalReference(String name) {
        return element.child(name).flatMap(XmlElement::reference);
    }

    /** References; none when it is not there. */
    public List<Reference> references(String name) {
        return all(name).stream().flatMap(child -> child.reference().stream()).toList();
    }

    /** An instance inside the argument. */
    public Optional<Arguments> embedded(String name) {
        return element.child(name).map(child -> new Arguments(target, child));
    }

    /** The value of an argument that must be there. */
    public Value value(String name) throws FaultException {
        return element.child(name).map(XmlElement::value).orElseThrow(() -> invalid(name));
    }

    private List<XmlElement> all(String name) {
        return element.children().stream().filter(child -> child.name().equals(name)).toList();
    }

    /** The fault for an argument that is missing or not of its type. */
    public static FaultException invalid(String name) {
        return new FaultException(WsmanFault.SCHEMA_VALIDATION_ERROR, name);
    }
}
