package org.outpost.access.right;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;
import org.outpost.access.right.Caller.Permission;

import java.util.List;
import java.util.Set;
import java.util.UUID;

class CallerTest {
    private static final UUID DEVICE = UUID.fromString("4c4c4544-005a-3510-8047-b4c04f564433");

    private static Role role(String... rights) {
        return new Role("r", "", "", List.of(rights));
    }

    private static Caller caller(Scope scope, Permission... permissions) {
        return new Caller("iris", "", "token", List.of(permissions), scope);
    }

    private static DeviceTraits device(String tenant, String... tags) {
        return new DeviceTraits(DEVICE, tenant, Set.of(tags));
    }

    @Test
    void oneGrantMustGiveBothTheRightAndTheDevice() {
        Caller caller =
                caller(
                        Scope.ALL,
                        new Permission(role("view"), "", Set.of()),
                        new Permission(role("power"), "", Set.of("lab")));

        assertThat(caller.may(Verb.VIEW, device(""))).isTrue();
        assertThat(caller.may(Verb.POWER, device("", "lab"))).isTrue();
        assertThat(caller.may(Verb.POWER, device(""))).isFalse();
        assertThat(caller.may(Verb.POWER, device("", "LAB"))).isFalse();
    }

    @Test
    void portsAreRightsOfTheirOwn() {
        Caller caller =
                caller(
                        Scope.ALL,
                        new Permission(role("tunnel:16993", "admin"), "", Set.of()),
                        new Permission(role("tunnel:*"), "acme", Set.of()));

        assertThat(caller.may(new TunnelRight(16993), device(""))).isTrue();
        assertThat(caller.may(new TunnelRight(16994), device(""))).isFalse();
        assertThat(caller.may(new TunnelRight(16994), device("acme"))).isTrue();
        assertThat(caller.may(Verb.REDIRECT, device("acme"))).isFalse();
    }

    @Test
    void aScopeTakesAway() {
        Permission everything =
                new Permission(role("view", "power", "admin"), Grant.EVERY_TENANT, Set.of());

        Caller looking = caller(new Scope(List.of("view"), Set.of()), everything);
        assertThat(looking.may(Verb.VIEW, device(""))).isTrue();
        assertThat(looking.may(Verb.POWER, device(""))).isFalse();
        assertThat(looking.mayEverywhere(Verb.ADMIN)).isFalse();

        Caller other = caller(new Scope(List.of(), Set.of(UUID.randomUUID())), everything);
        assertThat(other.may(Verb.VIEW, device(""))).isFalse();
        assertThat(other.sees(device(""))).isFalse();
        assertThat(other.mayThroughout(Verb.ADMIN, "acme")).isFalse();
    }

    @Test
    void aScopeAddsNothing() {
        Caller caller =
                caller(
                        new Scope(List.of("erase", "view"), Set.of(DEVICE)),
                        new Permission(role("view"), "", Set.of()));
        assertThat(caller.may(Verb.ERASE, device(""))).isFalse();
        assertThat(caller.may(Verb.VIEW, device(""))).isTrue();
    }

    private static Role recorded(String... rights) {
        return new Role("watched", "", "", List.of(rights), true);
    }

    @Test
    void oneRoleThatIsRecordedIsEnough() {
        Caller caller =
                caller(
                        Scope.ALL,
                        new Permission(role("redirect", "admin"), Grant.EVERY_TENANT, Set.of()),
                        new Permission(recorded("view"), "acme", Set.of("lab")));

        assertThat(caller.isRecorded(device("acme", "lab"))).isTrue();
        assertThat(caller.isRecorded(device("acme"))).isFalse();
        assertThat(caller.isRecorded(device("globex", "lab"))).isFalse();
        assertThat(caller(Scope.ALL).isRecorded(device("acme"))).isFalse();
    }

    @Test
    void noTokenLeadsAroundARecording() {
        Permission watched = new Permission(recorded("redirect", "view"), "", Set.of());

        assertThat(caller(new Scope(List.of("redirect"), Set.of(DEVICE)), watched))
                .matches(caller -> caller.isRecorded(device("")));
        assertThat(caller(new Scope(List.of("power"), Set.of(UUID.randomUUID())), watched))
                .matches(caller -> caller.isRecorded(device("")));
    }

    @Test
    void whatComesWithOutpostRecordsNobody() {
        assertThat(Role.BUILT_IN).noneMatch(Role::recorded);
    }

    record Given(Verb verb, String tenant, boolean tagged) {}

    @Provide
    Arbitrary<List<Given>> grants() {
        return Combinators.combine(
                        Arbitraries.of(Verb.class),
                        Arbitraries.of("", "acme", "globex"),
                        Arbitraries.of(true, false))
                .as(Given::new)
                .list()
                .ofMaxSize(4);
    }

    @Property
    void nobodyMayWhatNoGrantGives(
            @ForAll("grants") List<Given> grants, @ForAll Verb asked, @ForAll boolean acme) {
        DeviceTraits device = device(acme ? "acme" : "");
        List<Permission> permissions =
                grants.stream()
                        .map(
                                one ->
                                        new Permission(
                                                role(one.verb().text()),
                                                one.tenant(),
                                                one.tagged() ? Set.of("lab") : Set.<String>of()))
                        .toList();
        Caller caller = new Caller("iris", "", "token", permissions, Scope.ALL);

        assertThat(caller.may(asked, device))
                .isEqualTo(grants.contains(new Given(asked, device.tenant(), false)));
    }
}
