package org.outpost.testkit.database;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test class that runs once for each {@link DatabaseKind}, which its constructor takes, and opens
 * what it tests through {@link DatabaseKind#fresh}. Where PostgreSQL is not installed that run is
 * skipped, with the reason; where the environment says {@code CI=true} it fails.
 *
 * <pre>{@code
 * @OnBothDatabases
 * class ThingTest {
 *     private final Database database;
 *
 *     ThingTest(DatabaseKind kind, @TempDir Path folder) {
 *         database = kind.fresh(folder).open(
 *             file -> Database.sqlite(file, MIGRATIONS),
 *             address -> Database.postgres(settings(address), MIGRATIONS));
 *     }
 * }
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@EnumSource
public @interface OnBothDatabases {}
