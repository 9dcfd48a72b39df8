package org.outpost.simulator.wsman;

import org.outpost.simulator.cim.CimNames;
import org.outpost.simulator.cim.Instance;
import org.outpost.simulator.cim.Reference;
import org.outpost.simulator.cim.Value;
import org.outpost.simulator.firmware.Firmware;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All classes of the model, the same for all devices; a device has those of its generation. */
public final class Catalog {
    private static final String SELECTOR_FILTER = "wsman/SelectorFilter";
    private static final String ASSOCIATION_FILTER = "cimbinding/associationFilter";

    private final Map<String, CimClass> classes = new LinkedHashMap<>();
    private final Map<String, List<String>> bases;

    /**
     * A catalog.
     *
     * @param classes each once
     * @param bases classes without instances of their own, and the classes below them that answer
     */
    public Catalog(List<CimClass> classes, Map<String, List<String>> bases) {
        for (CimClass type : classes) {
            if (this.classes.put(type.name(), type) != null) {
                throw new IllegalArgumentException("twice in the catalog: " + type);
            }
        }
        this.bases = Map.copyOf(bases);
    }

    /** Names of all classes that a device has, those without instances of their own included. */
    public List<String> names(Firmware firmware) {
        List<String> names = new ArrayList<>();
        classes.values().stream()
                .filter(type -> type.presentOn(firmware))
                .forEach(type -> names.add(type.name()));
        names.addAll(bases.keySet());
        return names;
    }

    /** The class with that name, whatever the device. */
    public CimClass get(String name) {
        CimClass type = classes.get(name);
        if (type == null) {
            throw new IllegalArgumentException("no such class: " + name);
        }
        return type;
    }

    /**
     * The class with that address on a device.
     *
     * @throws FaultException when the device has none
     */
    CimClass find(String uri, Firmware firmware) throws FaultException {
        String name = CimNames.className(uri);
        if (CimNames.uri(name).equals(uri)) {
            CimClass type = classes.get(name);
            if (type != null && type.presentOn(firmware)) {
                return type;
            }
            if (bases.containsKey(name)) {
                return base(name);
            }
        }
        throw new FaultException(WsmanFault.INVALID_RESOURCE_URI);
    }

    private CimClass base(String name) {
        return CimClass.named(name)
                .many(
                        firmware ->
                                below(name).stream()
                                        .filter(type -> type.presentOn(firmware))
                                        .flatMap(type -> type.instances(firmware).stream())
                                        .toList())
                .build();
    }

    private List<CimClass> below(String base) {
        return bases.getOrDefault(base, List.of()).stream().map(this::get).toList();
    }

    /**
     * The instance that a request's selectors name; the only one when there are none.
     *
     * @throws FaultException when it is none or several
     */
    Instance one(CimClass type, WsmanRequest request, Firmware firmware) throws FaultException {
        List<Instance> found =
                type.instances(firmware).stream()
                        .filter(instance -> matches(instance, request.selectors()))
                        .toList();
        if (found.size() != 1) {
            throw new FaultException(WsmanFault.INVALID_SELECTORS);
        }
        return found.getFirst();
    }

    private static boolean matches(Instance instance, Map<String, Value> selectors) {
        return selectors.entrySet().stream()
                .allMatch(
                        selector ->
                                instance.all(selector.getKey()).stream()
                                        .anyMatch(value -> same(value, selector.getValue())));
    }

    private static boolean same(Value value, Value wanted) {
        if (value instanceof Value.Link(Reference left)
                && wanted instanceof Value.Link(Reference right)) {
            return left.meets(right);
        }
        return value.equals(wanted);
    }

    /** The items of an enumeration, with the filter of wsmancli and LMS when there is one. */
    List<EnumeratedItem> filter(CimClass type, Optional<XmlElement> filter, Firmware firmware)
            throws FaultException {
        if (filter.isEmpty()) {
            return items(type.instances(firmware));
        }
        XmlElement given = filter.get();
        String dialect = given.attribute();
        if (dialect.endsWith(SELECTOR_FILTER)) {
            Map<String, Value> selectors =
                    given.child("SelectorSet").map(XmlElement::selectors).orElse(Map.of());
            return items(
                    type.instances(firmware).stream()
                            .filter(instance -> matches(instance, selectors))
                            .toList());
        }
        Optional<XmlElement> association =
                given.child("AssociationInstances").or(() -> given.child("AssociatedInstances"));
        Optional<Reference> object =
                association
                        .flatMap(element -> element.child("Object"))
                        .flatMap(XmlElement::reference);
        if (!dialect.endsWith(ASSOCIATION_FILTER) || association.isEmpty() || object.isEmpty()) {
            throw new FaultException(WsmanFault.FILTER_NOT_SUPPORTED);
        }
        // Only associations of the class that is asked for: AMT answers the others with nothing.
        return items(
                type.instances(firmware).stream()
                        .filter(instance -> leadsTo(instance, object.get()))
                        .toList());
    }

    private static boolean leadsTo(Instance instance, Reference object) {
        return instance.properties().values().stream()
                .flatMap(List::stream)
                .anyMatch(
                        value ->
                                value instanceof Value.Link(Reference reference)
                                        && reference.meets(object));
    }

    private List<EnumeratedItem> items(List<Instance> instances) {
        return instances.stream()
                .map(
                        instance -> {
                            CimClass type = classes.get(instance.className());
                            return new EnumeratedItem(
                                    instance,
                                    type == null
                                            ? instance.reference(List.of("InstanceID"))
                                            : type.reference(instance));
                        })
                .toList();
    }
}
