package org.outpost.amt.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Return values in the words of the class that returned them (wsman.md sections 2.6 and 8). */
final class ReturnCodeTest {
    @ParameterizedTest
    @CsvSource({
        "AMT_AuthorizationService, 0, SUCCESS, false",
        "AMT_AuthorizationService, 2, NOT_READY, true",
        "AMT_AuthorizationService, 2058, DUPLICATE, false",
        "AMT_PublicKeyManagementService, 2061, PKI_GENERATING_KEYS, true",
        "AMT_PublicKeyManagementService, 47, RNG_GENERATION_IN_PROGRESS, true",
        "AMT_X, 77, UNKNOWN_ERROR, false",
        "AMT_X, 4294967295, UNKNOWN_ERROR, false",
        "CIM_PowerManagementService, 0, COMPLETED_WITH_NO_ERROR, false",
        "CIM_PowerManagementService, 2, UNKNOWN_ERROR, false",
        "CIM_PowerManagementService, 5, INVALID_PARAMETER, false",
        "CIM_PowerManagementService, 4097, INVALID_STATE_TRANSITION, false",
        "CIM_PowerManagementService, 4099, BUSY, true",
        "CIM_PowerManagementService, 32770, NOT_READY, false",
        "CIM_BootService, 34849, USER_CONSENT_REQUIRED, false",
        "IPS_OptInService, 2, INVALID_STATE, false",
        "IPS_OptInService, 3, BLOCKED, false"
    })
    void eachClassHasItsWords(String type, long value, String name, boolean shortage) {
        ReturnCode code = ReturnCode.of(type, value);

        assertThat(code.name()).isEqualTo(name);
        assertThat(code.shortage()).isEqualTo(shortage);
        assertThat(code.success()).isEqualTo(value == 0);
        assertThat(code.value()).isEqualTo(value);
        assertThat(new AmtFailure.ReturnValue(type + ".M", code).sentence()).contains(name);
    }

    @Test
    void aStartedJobIsASuccess() {
        assertThat(ReturnCode.of("CIM_X", 4096).success()).isTrue();
        assertThat(ReturnCode.of("AMT_X", 4096).success()).isFalse();
    }

    @Test
    void unknownCodesAreKept() {
        assertThat(PtStatus.valueOf(0x999)).isEqualTo(new PtStatus(0x999, "UNKNOWN_ERROR"));
        assertThat(PtStatus.valueOf(0x999).isKnown()).isFalse();
        assertThat(PtStatus.valueOf(0x821)).isEqualTo(PtStatus.USER_CONSENT_REQUIRED);
    }
}
