package org.outpost.server.web.amt;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;
import org.outpost.access.right.Verb;
import org.outpost.amt.operation.PlainTree;
import org.outpost.amt.operation.hardware.HardwareService;
import org.outpost.amt.operation.hardware.Inventory;
import org.outpost.amt.wsman.AmtCalls;
import org.outpost.amt.xml.Element;
import org.outpost.server.web.security.Needs;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What is built into the PC. */
@RestController
@RequestMapping("/api/v1/amt")
final class HardwareController {
    private final AmtRequests devices;

    HardwareController(AmtRequests devices) {
        this.devices = devices;
    }

    /** Instances of a class, as Open DMT's MPS wraps them. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Wrapped(
            @Nullable Map<String, Object> response,
            List<Map<String, Object>> responses,
            int status) {
        static Wrapped single(List<Element> found) {
            List<Map<String, Object>> all = trees(found);
            return new Wrapped(all.isEmpty() ? null : all.getFirst(), all, status(all));
        }

        static Wrapped list(List<Element> found) {
            List<Map<String, Object>> all = trees(found);
            return new Wrapped(null, all, status(all));
        }

        private static List<Map<String, Object>> trees(List<Element> found) {
            return found.stream().map(PlainTree::of).toList();
        }

        private static int status(List<Map<String, Object>> all) {
            return all.isEmpty() ? 400 : 200;
        }
    }

    @GetMapping("/hardwareInfo/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Map<String, Wrapped> hardwareInfo(@PathVariable String guid) {
        return devices.ask(guid, HardwareController::hardware);
    }

    static CompletionStage<Map<String, Wrapped>> hardware(AmtCalls calls) {
        return new HardwareService(calls).instances().thenApply(HardwareController::wrapped);
    }

    private static Map<String, Wrapped> wrapped(Map<String, List<Element>> instances) {
        Map<String, Wrapped> all = new LinkedHashMap<>();
        instances.forEach(
                (type, found) ->
                        all.put(
                                type,
                                HardwareService.SINGLE.contains(type)
                                        ? Wrapped.single(found)
                                        : Wrapped.list(found)));
        return all;
    }

    @GetMapping("/diskInfo/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Map<String, Wrapped> diskInfo(@PathVariable String guid) {
        Map<String, Wrapped> all = devices.ask(guid, HardwareController::hardware);
        Map<String, Wrapped> disks = new LinkedHashMap<>(all);
        disks.keySet().retainAll(Set.of("CIM_MediaAccessDevice", "CIM_PhysicalPackage"));
        return disks;
    }

    /** The same as {@code hardwareInfo}, told apart and paired. */
    @GetMapping("/inventory/{guid}")
    @Needs(value = Verb.VIEW, over = Needs.Over.DEVICE)
    Inventory hardwareInventory(@PathVariable String guid) {
        return devices.ask(guid, calls -> new HardwareService(calls).inventory());
    }
}
