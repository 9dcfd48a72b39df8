package org.outpost.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.outpost.access.AccessException.Reason;
import org.outpost.access.right.Caller;
import org.outpost.access.right.DeviceGroup;
import org.outpost.access.right.DeviceTraits;
import org.outpost.access.right.Grant;
import org.outpost.access.right.Role;
import org.outpost.access.right.Scope;
import org.outpost.access.right.Verb;
import org.outpost.access.user.User;
import org.outpost.database.Database;
import org.outpost.testkit.database.DatabaseKind;
import org.outpost.testkit.database.OnBothDatabases;
import org.outpost.testkit.database.TestDatabase;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;

@OnBothDatabases
class AccessControlTest {
    private static final String PASSWORD = "correct horse battery";

    private final TestDatabase place;
    private Database database;
    private AccessControl access;

    AccessControlTest(DatabaseKind kind, @TempDir Path folder) {
        place = kind.fresh(folder);
        database = TestAccess.open(place);
        access = new AccessControl(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void reopen() {
        database.close();
        database = TestAccess.open(place);
        access = new AccessControl(database);
    }

    private static void refused(Reason reason, String words, ThrowingCallable call) {
        assertThatExceptionOfType(AccessException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .withMessageContaining(words);
    }

    private User user(String name, String tenant, Grant... grants) {
        return access.users()
                .add(name, tenant, PASSWORD, false, access.checkedGrants(tenant, List.of(grants)));
    }

    private static DeviceTraits device(String tenant, String... tags) {
        return new DeviceTraits(UUID.randomUUID(), tenant, Set.of(tags));
    }

    private Caller caller(String user) {
        return access.caller(access.users().find(user).orElseThrow(), "password", Scope.ALL);
    }

    @Test
    void rolesOfAnEarlierReleaseAreReadAndRecordNobody() {
        database.write(
                        handle ->
                                handle.execute(
                                        "INSERT INTO access_document (kind, name, document) VALUES"
                                                + " ('role', '/old', ?)",
                                        "{\"name\":\"old\",\"tenant\":\"\",\"description\":\"\","
                                                + "\"rights\":[\"view\"]}"))
                .toCompletableFuture()
                .join();
        access.addRole(new Role("watched", "", "", List.of("redirect"), true));
        reopen();

        assertThat(access.role("", "old")).hasValue(new Role("old", "", "", List.of("view")));
        assertThat(access.role("", "watched").orElseThrow().recorded()).isTrue();
    }

    @Test
    void everythingIsThereAfterARestart() {
        access.addTenant("acme", "The customer");
        access.addGroup(new DeviceGroup("branch", "acme", List.of("vienna", "graz")));
        access.addRole(new Role("night-shift", "acme", "", List.of("power", "view")));
        user("Iris", "acme", new Grant("night-shift", "acme", "branch"));

        reopen();

        assertThat(access.tenants()).extracting("name").containsExactly("acme");
        assertThat(access.groups("acme"))
                .containsExactly(new DeviceGroup("branch", "acme", List.of("graz", "vienna")));
        Caller iris = caller("iris");
        assertThat(iris.may(Verb.POWER, device("acme", "graz", "lab"))).isTrue();
        assertThat(iris.may(Verb.POWER, device("acme", "linz"))).isFalse();
        assertThat(iris.may(Verb.CONFIGURE, device("acme", "graz"))).isFalse();
    }

    @Test
    void aUserOfATenantSeesNothingOfAnotherOrOfNobody() {
        access.addTenant("acme", "");
        access.addTenant("globex", "");
        user("ann", "acme", new Grant("administrator", "acme", DeviceGroup.ALL));

        Caller ann = caller("ann");

        assertThat(ann.sees(device("acme"))).isTrue();
        assertThat(ann.sees(device("globex"))).isFalse();
        assertThat(ann.sees(device(""))).isFalse();
        assertThat(ann.mayThroughout(Verb.ADMIN, "acme")).isTrue();
        assertThat(ann.mayThroughout(Verb.ADMIN, "globex")).isFalse();
        assertThat(ann.mayEverywhere(Verb.ADMIN)).isFalse();
    }

    @Test
    void aUserOfATenantCannotBeGrantedMore() {
        access.addTenant("acme", "");
        access.addTenant("globex", "");
        refused(
                Reason.INVALID,
                "devices of it alone",
                () -> user("eve", "acme", new Grant("viewer", "globex", DeviceGroup.ALL)));
        refused(
                Reason.INVALID,
                "devices of it alone",
                () -> user("eve", "acme", Grant.everywhere("viewer")));
        assertThat(access.users().find("eve")).isEmpty();
    }

    @Test
    void theStaffOfTheProviderMayBeGrantedAnyTenant() {
        access.addTenant("acme", "");
        user("pat", "", new Grant("helpdesk", "acme", DeviceGroup.ALL));

        Caller pat = caller("pat");

        assertThat(pat.may(Verb.REDIRECT, device("acme"))).isTrue();
        assertThat(pat.sees(device(""))).isFalse();
    }

    @Test
    void aRoleOfATenantIsNoneElsewhere() {
        access.addTenant("acme", "");
        access.addTenant("globex", "");
        access.addRole(new Role("boss", "acme", "", List.of("erase")));
        refused(
                Reason.NOT_FOUND,
                "no role boss",
                () -> user("gus", "globex", new Grant("boss", "globex", DeviceGroup.ALL)));
        assertThat(access.roles("globex")).extracting(Role::name).doesNotContain("boss");
        assertThat(access.roles("acme")).extracting(Role::name).contains("boss", "viewer");
    }

    @Test
    void whatIsGrantedStays() {
        access.addTenant("acme", "");
        access.addGroup(new DeviceGroup("branch", "acme", List.of("graz")));
        access.addRole(new Role("night-shift", "acme", "", List.of("power")));
        user("iris", "acme", new Grant("night-shift", "acme", "branch"));

        refused(Reason.CONFLICT, "iris", () -> access.removeRole("acme", "night-shift"));
        refused(Reason.CONFLICT, "iris", () -> access.removeGroup("acme", "branch"));
        refused(Reason.CONFLICT, "remove these first", () -> access.removeTenant("acme"));

        access.users().remove("iris");
        access.removeRole("acme", "night-shift");
        access.removeGroup("acme", "branch");
        access.removeTenant("acme");
        assertThat(access.isTenant("acme")).isFalse();
    }

    @Test
    void aChangedRoleOrGroupCountsAtOnce() {
        access.addGroup(new DeviceGroup("branch", "", List.of("graz")));
        access.addRole(new Role("shift", "", "", List.of("view")));
        user("iris", "", new Grant("shift", "", "branch"));
        assertThat(caller("iris").may(Verb.POWER, device("", "linz"))).isFalse();

        access.changeRole(new Role("shift", "", "", List.of("view", "power")));
        access.changeGroup(new DeviceGroup("branch", "", List.of("linz")));

        assertThat(caller("iris").may(Verb.POWER, device("", "linz"))).isTrue();
        assertThat(caller("iris").sees(device("", "graz"))).isFalse();
    }

    @Test
    void rolesThatComeWithOutpostCannotBeChanged() {
        refused(
                Reason.CONFLICT,
                "comes with Outpost",
                () -> access.addRole(new Role("viewer", "", "", List.of("erase"))));
        refused(
                Reason.CONFLICT,
                "comes with Outpost",
                () -> access.changeRole(new Role("viewer", "", "", List.of("erase"))));
        refused(Reason.CONFLICT, "comes with Outpost", () -> access.removeRole("", "viewer"));
    }

    @Test
    void thereIsAlwaysSomebodyLeftToAdminister() {
        user("admin", "", Grant.everywhere("administrator"));
        refused(Reason.CONFLICT, "last user", () -> access.users().remove("admin"));
        refused(Reason.CONFLICT, "last user", () -> access.users().setEnabled("admin", false));
        refused(Reason.CONFLICT, "last user", () -> access.users().setGrants("admin", List.of()));

        user("second", "", Grant.everywhere("administrator"));
        access.users().remove("Admin");
        assertThat(access.users().all()).extracting(User::name).containsExactly("second");
    }

    @Test
    void namesOfUsersAreTheSameInAnyCase() {
        user("Iris", "");
        refused(Reason.CONFLICT, "already", () -> user("iRIS", ""));
        assertThat(access.users().find("IRIS")).map(User::name).contains("Iris");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "-a", "a/b", "a\nb", "<b>", ".."})
    void whatIsNoNameIsRefused(String name) {
        refused(Reason.INVALID, "name of a user", () -> user(name, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "aaaaaaaaaaaaaaaa", "my-name-is-iris-really"})
    void weakPasswordsAreRefused(String password) {
        refused(
                Reason.INVALID,
                "A password",
                () -> access.users().add("iris", "", password, false, List.of()));
    }

    @Test
    void noHashIsTold() {
        User iris = user("iris", "");
        assertThat(iris.hash()).startsWith("$argon2id$");
        assertThat(iris.toString()).doesNotContain("argon2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"look", "tunnel:", "tunnel:0", "tunnel:65536", "tunnel:x", "VIEW"})
    void whatIsNoRightIsRefused(String right) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Role("shift", "", "", List.of(right)));
    }
}
