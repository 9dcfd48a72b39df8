package org.outpost.simulator.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every operation of the server's client against devices of the simulator: through a tunnel and on
 * the LAN, without and with TLS. What was changed is read again.
 */
@TestInstance(Lifecycle.PER_CLASS)
class OperationMatrixTest {
    private static final String OPERATIONS = "org.outpost.amt.operation";

    private final Map<Way, DeviceClient> devices = new EnumMap<>(Way.class);
    private SimulatorProcess simulator;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        simulator = new SimulatorProcess(folder, "127.88.0.", 8, "--generations=15.0");
        for (Way way : Way.values()) {
            // each way has a laptop of its own
            devices.put(way, new DeviceClient(simulator, 2 + 2 * devices.size(), way));
        }
    }

    @AfterAll
    void stop() {
        devices.values().forEach(DeviceClient::close);
        simulator.close();
    }

    @TestFactory
    Stream<DynamicTest> everyOperationOverEveryWay() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Row row : Row.all()) {
            devices.forEach(
                    (way, device) ->
                            tests.add(
                                    DynamicTest.dynamicTest(
                                            row.name() + ", " + way,
                                            () -> row.check().on(device))));
        }
        return tests.stream();
    }

    /** An operation counts as covered when a row's code calls it. */
    @Test
    void everyOperationHasARow() {
        TreeSet<String> written =
                new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages(OPERATIONS)
                                .stream()
                                .filter(type -> type.getSimpleName().endsWith("Service"))
                                .flatMap(OperationMatrixTest::operations)
                                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> called =
                new ClassFileImporter()
                        .importPackages(OperationMatrixTest.class.getPackageName()).stream()
                                .filter(type -> type.getSimpleName().endsWith("Rows"))
                                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                                .map(call -> name(call.getTarget()))
                                .filter(written::contains)
                                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(written).hasSizeGreaterThan(120);
        assertThat(called).isEqualTo(written);
    }

    private static Stream<String> operations(JavaClass service) {
        return service.getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(method -> method.getRawReturnType().isEquivalentTo(CompletionStage.class))
                .map(JavaMethod::getFullName);
    }

    private static String name(MethodCallTarget target) {
        return target.getFullName();
    }
}
