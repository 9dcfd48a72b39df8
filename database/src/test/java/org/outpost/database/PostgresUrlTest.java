package org.outpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db.example.com:5433/outpost",
                "postgresql://db.example.com:5433/outpost",
                "postgres://db.example.com:5433/outpost"
            })
    void urlsOfJdbcAndOfLibpqMeanTheSame(String text) {
        PostgresUrl url = PostgresUrl.parse(text);

        assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db.example.com:5433/outpost");
        assertThat(url).hasToString("outpost on db.example.com:5433");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://anna%40home@db/outpost?sslmode=verify-full",
                "postgresql://db/outpost?user=anna%40home&sslmode=verify-full",
                "jdbc:postgresql://db/outpost?sslmode=verify-full&user=anna@home"
            })
    void theUserIsTakenOutAndOptionsOfTlsGoThrough(String text) {
        PostgresUrl url = PostgresUrl.parse(text);

        assertThat(url.user()).isEqualTo("anna@home");
        assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db/outpost?sslmode=verify-full");
    }

    @Test
    void severalHostsAndAddressesOfVersionSixAreTakenAsTheyAre() {
        assertThat(
                        PostgresUrl.parse(
                                        "postgresql://[2001:db8::1]:5432,db2:5432/outpost"
                                                + "?targetServerType=primary")
                                .jdbc())
                .isEqualTo(
                        "jdbc:postgresql://[2001:db8::1]:5432,db2:5432/outpost"
                                + "?targetServerType=primary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://anna:Geheim1@db/outpost",
                "jdbc:postgresql://db/outpost?user=anna&password=Geheim1",
                "jdbc:postgresql://db/outpost?sslpassword=Geheim1"
            })
    void aPasswordInTheUrlIsRefusedAndNotRepeated(String text) {
        assertThatThrownBy(() -> PostgresUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("password-file")
                .hasMessageNotContaining("Geheim1");
    }

    @ParameterizedTest
    @CsvSource({
        "mysql://db/outpost, is no URL of PostgreSQL",
        "outpost.db, is no URL of PostgreSQL",
        "postgresql:db, is no URL of PostgreSQL",
        "postgresql:///outpost, names no host",
        "postgresql://db, names no database",
        "postgresql://db/, names no database",
        "postgresql://db/outpost?sslmod=require, sslmod",
        "postgresql://db/outpost?socketTimeout=0, socketTimeout",
        "postgresql://a@db/outpost?user=b, names the user twice"
    })
    void whatCannotBeMeantIsRefusedWithTheReason(String text, String reason) {
        assertThatThrownBy(() -> PostgresUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void theUserIsWrittenInOnePlace() {
        assertThat(PostgresSettings.of("postgresql://db/outpost", "anna", null, 1).user())
                .isEqualTo("anna");
        assertThat(PostgresSettings.of("postgresql://anna@db/outpost", null, null, 1).user())
                .isEqualTo("anna");
        assertThatThrownBy(
                        () -> PostgresSettings.of("postgresql://anna@db/outpost", "eva", null, 1))
                .hasMessageContaining("anna");
    }
}
