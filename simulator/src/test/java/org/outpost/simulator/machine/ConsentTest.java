package org.outpost.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.simulator.machine.Consent.Answer;
import org.outpost.simulator.machine.Redirection.Admission;
import org.outpost.simulator.machine.Redirection.Refusal;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

class ConsentTest {
    private static final InetSocketAddress PEER = InetSocketAddress.createUnresolved("::1", 1);

    private final EmbeddedChannel time = new EmbeddedChannel();
    private final Machine machine =
            new Machine("pc-0001", Power.ON, time.eventLoop(), MachineTiming.USUAL, 1);
    private final Consent consent =
            new Consent(machine, ConsentPolicy.ALL, time.eventLoop(), () -> 1234);
    private final Redirection redirection =
            new Redirection(consent, EnumSet.allOf(RedirectionKind.class));
    private final List<String> heard = new ArrayList<>();

    ConsentTest() {
        time.freezeTime();
        consent.listen(
                new ConsentListener() {
                    @Override
                    public void granted() {
                        heard.add("granted");
                    }

                    @Override
                    public void failed() {
                        heard.add("failed");
                    }

                    @Override
                    public void ended() {
                        heard.add("ended");
                    }
                });
    }

    @AfterEach
    void close() {
        time.finishAndReleaseAll();
    }

    @Test
    void aCodeIsShownSentAndGranted() {
        assertThat(consent.start()).isEqualTo(Answer.DONE);
        assertThat(machine.screen().notice()).endsWith("Code: 001234");
        assertThat(consent.state()).isEqualTo(ConsentState.DISPLAYED);
        assertThat(consent.start()).isEqualTo(Answer.INVALID_STATE);

        assertThat(consent.send(1234)).isEqualTo(Answer.DONE);
        assertThat(consent.state()).isEqualTo(ConsentState.RECEIVED);
        assertThat(machine.screen().notice()).isEmpty();
        assertThat(consent.allowsBootOptions()).isTrue();
        assertThat(heard).containsExactly("granted");
    }

    @Test
    void threeWrongCodesStartAllOver() {
        consent.start();

        assertThat(consent.send(1)).isEqualTo(Answer.WRONG_CODE);
        assertThat(consent.send(2)).isEqualTo(Answer.WRONG_CODE);
        assertThat(consent.state()).isEqualTo(ConsentState.DISPLAYED);
        assertThat(consent.send(3)).isEqualTo(Answer.WRONG_CODE);
        assertThat(consent.state()).isEqualTo(ConsentState.NOT_STARTED);
        assertThat(consent.send(1234)).isEqualTo(Answer.INVALID_STATE);
        assertThat(heard).containsExactly("failed");
    }

    @Test
    void aCodeThatNobodySendsAndAConsentThatNobodyUsesExpire() {
        consent.start();
        pass(299);
        assertThat(consent.state()).isEqualTo(ConsentState.DISPLAYED);
        pass(1);
        assertThat(consent.state()).isEqualTo(ConsentState.NOT_STARTED);
        assertThat(machine.screen().notice()).isEmpty();

        consent.start();
        consent.send(1234);
        pass(119);
        assertThat(consent.state()).isEqualTo(ConsentState.RECEIVED);
        pass(1);
        assertThat(consent.state()).isEqualTo(ConsentState.NOT_STARTED);
        assertThat(heard).containsExactly("granted", "ended");
    }

    @Test
    void aSessionKeepsItsConsentUntilItEnds() {
        consent.start();
        consent.send(1234);

        RedirectionSession session = open(RedirectionKind.KVM);
        assertThat(consent.state()).isEqualTo(ConsentState.IN_SESSION);
        pass(1000);
        assertThat(consent.state()).isEqualTo(ConsentState.IN_SESSION);
        assertThat(consent.cancel()).isEqualTo(Answer.INVALID_STATE);

        session.close();
        session.close();
        assertThat(consent.state()).isEqualTo(ConsentState.RECEIVED);
        pass(120);
        assertThat(consent.state()).isEqualTo(ConsentState.NOT_STARTED);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, SOL, true", "NONE, KVM, true", "KVM, SOL, true", "KVM, IDER, true",
        "KVM, KVM, false", "ALL, SOL, false", "ALL, IDER, false", "ALL, KVM, false"
    })
    void thePolicySaysWhatNeedsConsent(ConsentPolicy policy, RedirectionKind kind, boolean free) {
        consent.policy(policy);

        Admission admission = redirection.open(kind, "admin", PEER, () -> {});

        if (free) {
            assertThat(admission).isInstanceOf(Admission.Open.class);
        } else {
            assertThat(admission).isEqualTo(new Admission.Refused(Refusal.CONSENT_REQUIRED));
        }
    }

    @Test
    void oneSessionOfAKindAndNoneThatIsSwitchedOff() {
        consent.policy(ConsentPolicy.NONE);
        RedirectionSession session = open(RedirectionKind.SOL);

        assertThat(redirection.open(RedirectionKind.SOL, "x", PEER, () -> {}))
                .isEqualTo(new Admission.Refused(Refusal.BUSY));
        assertThat(redirection.session(RedirectionKind.SOL)).contains(session);
        redirection.enable(RedirectionKind.IDER, false, "admin");
        assertThat(redirection.open(RedirectionKind.IDER, "x", PEER, () -> {}))
                .isEqualTo(new Admission.Refused(Refusal.DISABLED));

        session.close();
        assertThat(open(RedirectionKind.SOL)).isNotSameAs(session);
    }

    @Test
    void aPcThatIsOffShowsNoCodeAndLosesTheOneItHad() {
        consent.start();
        machine.request(PowerAction.OFF);
        pass(4);

        assertThat(consent.state()).isEqualTo(ConsentState.NOT_STARTED);
        assertThat(consent.start()).isEqualTo(Answer.INVALID_STATE);
    }

    private RedirectionSession open(RedirectionKind kind) {
        return ((Admission.Open) redirection.open(kind, "admin", PEER, () -> {})).session();
    }

    private void pass(long seconds) {
        time.advanceTimeBy(seconds, TimeUnit.SECONDS);
        time.runScheduledPendingTasks();
    }
}
