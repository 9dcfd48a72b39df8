package org.outpost.server;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.Stream;

/** ARCHITECTURE.md, "Floors": who may import whom. */
class FloorsTest {
    private static JavaClasses house;

    @BeforeAll
    static void read() {
        house =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.outpost");
    }

    /** Which of our modules each module stands on. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apf | ''",
                "amt | ''",
                "authenticator | ''",
                "database | ''",
                "gateway | apf,authenticator",
                "inventory | gateway,apf,authenticator,database",
                "access | gateway,authenticator,database",
                "simulator | apf",
                "server | access,amt,inventory,gateway,apf,authenticator,database"
            })
    void aModuleImportsOnlyFromLowerFloors(String module, String lower) {
        String[] allowed =
                Stream.concat(Stream.of(module), Stream.of(lower.split(",", -1)))
                        .filter(name -> !name.isEmpty())
                        .map(name -> "org.outpost." + name + "..")
                        .toArray(String[]::new);
        assertThat(house.that(resideInAPackage("org.outpost." + module + ".."))).isNotEmpty();

        noClasses()
                .that()
                .resideInAPackage("org.outpost." + module + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.outpost..").and(not(resideInAnyPackage(allowed))))
                .check(house);
    }

    @Test
    void springLivesInTheServerAndNowhereElse() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.outpost.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "jakarta.servlet..")
                .check(house);
    }

    @Test
    void whatTheCommandLineNeedsNeverTouchesSpring() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.outpost.server.command..",
                        "org.outpost.server.demo..",
                        "org.outpost.server.configuration..",
                        "org.outpost.server.certificate..",
                        "org.outpost.server.datadir..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(house);
    }

    @Test
    void apfDependsOnNettyAlone() {
        classes()
                .that()
                .resideInAPackage("org.outpost.apf..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                "org.outpost.apf..",
                                "io.netty..",
                                "java..",
                                "org.jspecify.annotations.."))
                .check(house);
    }

    /** Else a plug-in would need more than the one jar it is compiled against. */
    @Test
    void whatPluginsSeeDependsOnTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("org.outpost.authenticator..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                "org.outpost.authenticator..",
                                "java..",
                                "org.jspecify.annotations.."))
                .check(house);
    }

    @Test
    void thereIsOneJackson() {
        noClasses()
                .that(alwaysTrue())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..")
                .check(house);
    }
}
