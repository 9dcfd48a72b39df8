package org.outpost.gateway.devicetraffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HexFormat;

/** On the test frames of events.md section 2.1. */
class PetKeyTest {
    static final byte[] LINK_UP =
            HexFormat.of()
                    .parseHex(
                            "306902010004047670726fa45e06092b06010401986f01014004c0a8013202010602"
                                    + "03270a0343021234303f303d060a2b06010401986f010101042f55e3ae13"
                                    + "bfd261bb17a088aedd7037ea010234bdc908ffff506801ff022661000000"
                                    + "000000000019000001570000c1");
    private static final byte[] HELP =
            HexFormat.of()
                    .parseHex(
                            "306a02010004047670726fa45f06092b06010401986f01014004c0a8013202010602"
                                    + "0400c1700043021234303f303d060a2b06010401986f010101042f55e3ae"
                                    + "13bfd261bb17a088aedd7037ea010334bdc908ffff505802ffff2661aa30"
                                    + "00000000000019000001570000c1");
    private static final int TICKS = 41;

    @Test
    void aRepeatHasTheSameKeyAlsoWhenItsClockWentOn() {
        byte[] later = LINK_UP.clone();
        later[TICKS] ^= 1;
        assertThat(PetKey.of(later)).isNotNull().isEqualTo(PetKey.of(LINK_UP));
    }

    @Test
    void anotherEventHasAnotherKey() {
        assertThat(PetKey.of(HELP)).isNotNull().isNotEqualTo(PetKey.of(LINK_UP));
    }

    @Test
    void withoutASequenceNumberEachIsNew() {
        byte[] unspecified = LINK_UP.clone();
        int sequence = 76;
        assertThat(Arrays.copyOfRange(unspecified, sequence, sequence + 2)).containsExactly(1, 2);
        unspecified[sequence] = 0;
        unspecified[sequence + 1] = 0;
        assertThat(PetKey.of(unspecified)).isNull();
    }

    @Test
    void whatIsCutIsNoPet() {
        for (int length = 0; length < LINK_UP.length; length++) {
            assertThat(PetKey.of(Arrays.copyOf(LINK_UP, length))).isNull();
        }
    }

    /** Any bytes: a key or none, and no error. */
    @FuzzTest(maxDuration = "30s")
    void anyBytes(FuzzedDataProvider data) {
        PetKey key = PetKey.of(data.consumeRemainingAsBytes());
        assertThat(key == null || !key.text().isEmpty()).isTrue();
    }
}
