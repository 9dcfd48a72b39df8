package org.outpost.simulator.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.outpost.simulator.operation.DeviceClient.failure;
import static org.outpost.simulator.operation.DeviceClient.get;

import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.operation.defense.DefensePolicy;
import org.outpost.amt.operation.defense.DefenseService;
import org.outpost.amt.operation.defense.DefenseService.Assignment;
import org.outpost.amt.operation.defense.FilterProfile;
import org.outpost.amt.operation.defense.PacketFilter;
import org.outpost.amt.operation.defense.PresentFilter;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** System Defense: a PC is cut off from its network but for what some filters let pass. */
final class DefenseRows {
    private static final String PORT = "Intel(r) AMT Ethernet Port 0";
    private static final int ARP = 0x0806;
    private static final int UDP = 17;

    private DefenseRows() {}

    static List<Row> rows() {
        return List.of(new Row("filters, policies, isolation", DefenseRows::isolation));
    }

    private static PacketFilter.Action pass(String name) {
        return new PacketFilter.Action(name, true, FilterProfile.PASS, OptionalInt.empty(), false);
    }

    private static void isolation(DeviceClient device) {
        DefenseService service = new DefenseService(device.calls());
        get(service.addFilter(new PacketFilter.Ethernet(pass("arp"), ARP)));
        get(
                service.addFilter(
                        new PacketFilter.Ip(
                                pass("dhcp"),
                                4,
                                OptionalInt.of(UDP),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(new PacketFilter.Ports(67, 67)),
                                Optional.of(new PacketFilter.Ports(68, 68)))));
        List<PresentFilter> filters = get(service.filters());
        assertThat(filters)
                .extracting(PresentFilter::name)
                .containsExactlyInAnyOrder("arp", "dhcp");
        List<Long> handles =
                filters.stream().map(one -> one.creationHandle().orElseThrow()).toList();

        get(service.addPolicy(DefensePolicy.isolation("isolated", handles)));
        DefensePolicy policy =
                get(service.policies()).stream()
                        .filter(one -> one.name().equals("isolated"))
                        .findFirst()
                        .orElseThrow();
        assertThat(policy.filters()).containsExactlyInAnyOrderElementsOf(handles);
        assertThat(policy.sent()).isEqualTo(DefensePolicy.Default.DROP);

        Assignment assignment = new Assignment(PORT, policy.instanceId());
        get(service.assign(assignment));
        assertThat(get(service.assignments())).containsExactly(assignment);
        assertThat(failure(service.removeFilter(filters.getFirst())))
                .as("a policy uses it")
                .isInstanceOf(AmtFailure.class);

        get(service.release(assignment));
        assertThat(get(service.assignments())).isEmpty();
        get(service.removePolicy(policy.instanceId()));
        assertThat(get(service.policies())).noneMatch(one -> one.name().equals("isolated"));
        filters.forEach(filter -> get(service.removeFilter(filter)));
        assertThat(get(service.filters())).isEmpty();
    }
}
