package org.outpost.access.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/** docs/audit.md, "What is hashed": the bytes, spelled out. */
class AuditHashTest {
    private static final String SALT = "000102030405060708090a0b0c0d0e0f";
    private static final Instant TIME = Instant.parse("2026-11-21T20:49:24Z");
    private static final AuditDraft WHAT =
            AuditDraft.of(new Actor("alice", "password", "192.0.2.7"), "acme", "power.reset")
                    .on(UUID.fromString("4c4c4544-005a-3510-8047-b4c04f564433"))
                    .because("hängt", "INC-1")
                    .with(AuditResult.FAILED, "AMT 2068")
                    .detail("b", "2")
                    .detail("a", "1");

    @Test
    void anEntryIsHashedAsTheseBytes() {
        String bytes =
                "\0\0\0\25outpost-audit-entry/1"
                        + "\0\0\0\0017"
                        + "\0\0\0\0302026-11-21T20:49:24.000Z"
                        + "\0\0\0\5alice"
                        + "\0\0\0\10password"
                        + "\0\0\0\011192.0.2.7"
                        + "\0\0\0\4acme"
                        + "\0\0\0\13power.reset"
                        + "\0\0\0\0444c4c4544-005a-3510-8047-b4c04f564433"
                        + "\0\0\0\0"
                        + "\0\0\0\6h\303\244ngt"
                        + "\0\0\0\5INC-1"
                        + "\0\0\0\6failed"
                        + "\0\0\0\10AMT 2068"
                        + "\0\0\0\040000102030405060708090a0b0c0d0e0f"
                        + "\0\0\0\1a\0\0\0\0011\0\0\0\1b\0\0\0\0012";

        assertThat(AuditHash.entry(7, TIME, WHAT, SALT))
                .isEqualTo(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Computed by Python's hashlib from the bytes above. */
    @Test
    void theHashCoversTheHashBeforeIt() {
        AuditLine.Entry entry = AuditHash.entry(7, TIME, WHAT, SALT, "11".repeat(32));

        assertThat(entry.digest())
                .isEqualTo("d32965cc716fd901e8ac7658ed08ab92a6b94adf86562de16ef1e15cf9fc9d7e");
        assertThat(entry.hash())
                .isEqualTo("76e3be96970e603acd750b25d8e4f7cdaa70dbc181b5977351743b5f1697498f");
    }

    @Test
    void aCheckpointSignsTheseBytes() {
        assertThat(AuditHash.checkpoint(7, "ab", TIME, "0123456789abcdef"))
                .isEqualTo(
                        ("\0\0\0\32outpost-audit-checkpoint/1"
                                        + "\0\0\0\0017"
                                        + "\0\0\0\2ab"
                                        + "\0\0\0\0302026-11-21T20:49:24.000Z"
                                        + "\0\0\0\0200123456789abcdef")
                                .getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void anEntryIsWrittenAsThisLineAndReadBack() {
        AuditLine.Entry entry = AuditHash.entry(7, TIME, WHAT, SALT, "11".repeat(32));

        String line = AuditJson.write(entry);

        assertThat(line)
                .isEqualTo(
                        "{\"kind\":\"entry\",\"sequence\":7,\"time\":\"2026-11-21T20:49:24.000Z\","
                                + "\"user\":\"alice\",\"method\":\"password\","
                                + "\"address\":\"192.0.2.7\",\"tenant\":\"acme\","
                                + "\"action\":\"power.reset\","
                                + "\"device\":\"4c4c4544-005a-3510-8047-b4c04f564433\","
                                + "\"target\":\"\",\"reason\":\"hängt\",\"ticket\":\"INC-1\","
                                + "\"result\":\"failed\",\"status\":\"AMT 2068\","
                                + "\"details\":{\"a\":\"1\",\"b\":\"2\"},\"salt\":\""
                                + SALT
                                + "\",\"previous\":\""
                                + "11".repeat(32)
                                + "\",\"hash\":\""
                                + entry.hash()
                                + "\"}");
        assertThat(AuditJson.read(line)).isEqualTo(entry);
        for (String other :
                new String[] {
                    line + " ",
                    line.replace("\"user\"", " \"user\""),
                    line.replace("\"kind\":\"entry\",", "\"kind\":\"entry\",\"more\":1,"),
                    line.replace("\"kind\":\"entry\",", "\"kind\":\"entry\",\"user\":\"bob\","),
                    line.replace("\"ticket\":\"INC-1\",", ""),
                    line.replace("alice", "\\u0061lice"),
                    line.replace("4c4c4544-", "4C4C4544-"),
                    "{}",
                    "",
                    "[1]",
                    "null"
                }) {
            assertThatThrownBy(() -> AuditJson.read(other))
                    .as(other)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatAStrangerTypesIsMadeStorableAndCut() {
        Actor actor = new Actor("a\0b\ud800c" + "x".repeat(300), "password", "::1");

        assertThat(actor.user()).startsWith("a\uFFFDb\uFFFDcx").endsWith("x\u2026").hasSize(256);
        assertThat(new Actor("x".repeat(254) + "\ud83d\ude00 end", "", "").user())
                .isEqualTo("x".repeat(254) + "\u2026");
        AuditLine.Entry entry =
                AuditHash.entry(
                        1, TIME, AuditDraft.of(actor, "", "sign-in"), SALT, AuditHash.NOTHING);
        assertThat(AuditJson.read(AuditJson.write(entry))).isEqualTo(entry);
        assertThat(HexFormat.of().parseHex(entry.hash())).hasSize(32);
    }

    @Test
    void whatOnlyAProgrammerCanGetWrongIsRefused() {
        assertThatThrownBy(() -> AuditDraft.of(TrailFixture.ALICE, "", "Power Reset"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Power Reset");
        assertThatThrownBy(() -> WHAT.detail("Größe", "1"))
                .isInstanceOf(IllegalArgumentException.class);
        AuditDraft full = WHAT;
        for (int i = 2; i < AuditDraft.MOST_DETAILS; i++) {
            full = full.detail("k" + i, "");
        }
        AuditDraft most = full;
        assertThatThrownBy(() -> most.detail("one-more", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
