package org.outpost.amt.redirection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.outpost.amt.failure.AmtException;
import org.outpost.amt.failure.AmtFailure;
import org.outpost.amt.redirection.codec.MessageDecoder;
import org.outpost.amt.redirection.codec.SessionEncoder;
import org.outpost.amt.redirection.codec.SessionFormat;
import org.outpost.amt.redirection.signin.SignInHandler;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

class RedirectionClientTest {
    private static final RedirectionCredentials ADMIN =
            new RedirectionCredentials("admin", "P@ssw0rd");
    private static final String START_REPLY = "11000000010000005701000000";
    private static final String REALM = "Digest:F3EB554784E729164447A89F60B641C5";
    private static final String NONCE = "XHwLuAAAAACcoAAAWJvYPzvE1Lh0cCYB";
    private static final String QUERY = "130000000000000000";
    private static final String ASK_FOR_CHALLENGE =
            "130000000420000000"
                    + "0561646d696e0000132f5265646972656374696f6e5365727669636500000000";
    private static final String CHALLENGE = "14010000044e000000" + strings(REALM, NONCE, "auth");
    private static final String ANSWER =
            "1300000004b30000000561646d696e274469676573743a463345423535343738344537323931363434"
                + "3437413839463630423634314335205848774c75414141414143636f414141574a7659507a764531"
                + "4c683063435942132f5265646972656374696f6e53657276696365206161626263636464656566"
                + "663030313132323333343435353636373738383939083030303030303032203665653735303736"
                + "6165306331386363653430356433363635313538343864650461757468";

    private final EmbeddedChannel device = new EmbeddedChannel();

    @AfterEach
    void nothingIsLeft() {
        device.finishAndReleaseAll();
    }

    @Test
    void digestAsInTheDocument() {
        CompletableFuture<RedirectionChannel> opened = open(RedirectionKind.SOL, false);
        assertThat(sent()).isEqualTo("10000000534f4c20");

        receive(START_REPLY);
        assertThat(sent()).isEqualTo(QUERY);
        receive("140000000003000000010304");
        assertThat(sent()).isEqualTo(ASK_FOR_CHALLENGE);
        receive(CHALLENGE);
        assertThat(sent().substring(0, 18)).isEqualTo("1300000004b3000000");
        receive("140000000400000000");

        assertThat(opened).isCompleted();
        assertThat(opened.join().reply().iana()).isEqualTo(0x157);
        assertThat(device.config().isAutoRead()).isFalse();
    }

    @Test
    void theAnswerToAChallengeIsTheDocumentsByteForByte() {
        SignInHandler handler =
                new SignInHandler(
                        RedirectionKind.SOL,
                        ADMIN,
                        false,
                        () -> "aabbccddeeff00112233445566778899");
        device.pipeline()
                .addLast(
                        new MessageDecoder(new SessionFormat(handler::expects)),
                        new SessionEncoder(),
                        handler);
        handler.start();
        receive(START_REPLY);
        receive("140000000003000000010304");
        sent();

        receive(CHALLENGE);

        assertThat(sent()).isEqualTo(ANSWER);
    }

    @Test
    void anOldDeviceGetsTheOldDigest() {
        open(RedirectionKind.IDER, false);
        receive(START_REPLY);
        receive("1400000000020000000103");
        sent();
        receive("140200000300000000");

        // method 3 is refused, method 1 is not allowed outside of TLS
        assertThat(device.isOpen()).isFalse();
    }

    @Test
    void theOldDigestHasNoProtectionString() {
        open(RedirectionKind.IDER, false);
        receive(START_REPLY);
        receive("1400000000020000000103");
        String asked = sent();
        assertThat(asked)
                .endsWith(
                        "13000000031f000000"
                                + "0561646d696e0000132f5265646972656374696f6e53657276696365000000");

        receive("14010000034900000027" + hex(REALM) + "20" + hex(NONCE));
        String answer = sent();
        assertThat(answer.substring(0, 10)).isEqualTo("1300000003");
        assertThat(answer).doesNotContain(hex("auth"));
        assertThat(answer).endsWith("20" + hex(md5OfTheOldForm()));
    }

    @Test
    void aRefusedMethodIsFollowedByTheNext() {
        open(RedirectionKind.SOL, false);
        receive(START_REPLY);
        receive("140000000003000000010304");
        sent();

        receive("140200000400000000");

        assertThat(sent()).startsWith("1300000003");
    }

    @ParameterizedTest
    @CsvSource({
        "11010000, NOT_ALLOWED",
        "11020000, BUSY",
        "11030000, UNSUPPORTED",
        "11ff0000, DEVICE_ERROR",
        "14000000, PROTOCOL_ERROR",
        "99, PROTOCOL_ERROR",
    })
    void refusalsOfTheStart(String reply, RedirectionFailure expected) {
        CompletableFuture<RedirectionChannel> opened = open(RedirectionKind.KVM, false);

        receive(reply);

        assertThat(failureOf(opened)).isEqualTo(expected);
        assertThat(device.isOpen()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "140000000001000000" + "01, NO_COMMON_METHOD",
        "140000000001000000" + "02, NO_COMMON_METHOD",
        "140000000000000000, NO_COMMON_METHOD",
        "140100000000000000, PROTOCOL_ERROR",
        "1400000004ffffff00, PROTOCOL_ERROR",
    })
    void refusalsOfTheQuery(String reply, RedirectionFailure expected) {
        CompletableFuture<RedirectionChannel> opened = open(RedirectionKind.SOL, false);
        receive(START_REPLY);

        receive(reply);

        assertThat(failureOf(opened)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "140100000400000000, WRONG_CREDENTIALS",
        "140000000400000000, PROTOCOL_ERROR",
        "140100000401000000" + "ff, PROTOCOL_ERROR",
        "140700000400000000, PROTOCOL_ERROR",
    })
    void badAnswersInPlaceOfAChallenge(String reply, RedirectionFailure expected) {
        CompletableFuture<RedirectionChannel> opened = open(RedirectionKind.SOL, false);
        receive(START_REPLY);
        receive("14000000000100000004");

        receive(reply);

        assertThat(failureOf(opened)).isEqualTo(expected);
    }

    @Test
    void aSecondRefusalIsWrongCredentialsAlthoughItBringsANewNonce() {
        CompletableFuture<RedirectionChannel> opened = open(RedirectionKind.SOL, false);
        receive(START_REPLY);
        receive("14000000000100000004");
        receive(CHALLENGE);
        sent();

        receive("14010000044e000000" + strings(REALM, NONCE.replace('X', 'Y'), "auth"));
        assertThat(sent()).contains(hex(NONCE.replace('X', 'Y')));
        receive("14010000044e000000" + strings(REALM, NONCE.replace('X', 'Z'), "auth"));

        assertThat(failureOf(opened)).isEqualTo(RedirectionFailure.WRONG_CREDENTIALS);
    }

    @Test
    void theSameNonceAgainIsAPlainRefusal() {
        CompletableFuture<RedirectionChannel> opened = open(RedirectionKind.SOL, false);
        receive(START_REPLY);
        receive("14000000000100000004");
        receive(CHALLENGE);

        receive(CHALLENGE);

        assertThat(failureOf(opened)).isEqualTo(RedirectionFailure.WRONG_CREDENTIALS);
    }

    @Test
    void theEndOfTheConnectionIsSaid() {
        CompletableFuture<RedirectionChannel> opened = open(RedirectionKind.SOL, false);
        receive(START_REPLY);

        device.close();

        assertThat(failureOf(opened)).isEqualTo(RedirectionFailure.CONNECTION_LOST);
    }

    @Test
    void aRefusedConnectionIsSaid() {
        RedirectionClient client =
                new RedirectionClient(
                        stack ->
                                CompletableFuture.failedFuture(
                                        new AmtException(
                                                new AmtFailure.Unreachable(
                                                        16994, AmtFailure.Reach.REFUSED))),
                        RedirectionSettings.DEFAULT,
                        ConsentCheck.UNKNOWN);

        assertThat(failureOf(client.open(RedirectionKind.SOL, ADMIN)))
                .isEqualTo(RedirectionFailure.REFUSED);
    }

    @Test
    void silenceEndsAtTheDeadline() {
        RedirectionClient client =
                new RedirectionClient(
                        this::connect,
                        new RedirectionSettings(Duration.ofMillis(50), false),
                        ConsentCheck.UNKNOWN);

        CompletableFuture<RedirectionChannel> opened = client.open(RedirectionKind.SOL, ADMIN);
        org.awaitility.Awaitility.await()
                .until(
                        () -> {
                            device.runPendingTasks();
                            return opened.isDone();
                        });

        assertThat(failureOf(opened)).isEqualTo(RedirectionFailure.TIMED_OUT);
        assertThat(device.isOpen()).isFalse();
    }

    @Test
    void aRefusalForWantOfConsentIsToldFromOneThatIsNot() {
        RedirectionClient client =
                new RedirectionClient(
                        this::connect,
                        RedirectionSettings.DEFAULT,
                        kind -> CompletableFuture.completedStage(kind == RedirectionKind.KVM));

        CompletableFuture<RedirectionChannel> opened = client.open(RedirectionKind.KVM, ADMIN);
        receive("11010000");

        assertThat(failureOf(opened)).isEqualTo(RedirectionFailure.CONSENT_MISSING);
    }

    @Test
    void bytesBehindTheSignInWaitForWhoTakesOver() {
        CompletableFuture<RedirectionChannel> opened = open(RedirectionKind.KVM, false);
        receive(START_REPLY);
        receive("14000000000100000004");
        receive(CHALLENGE);
        sent();
        receive("1400000004000000");
        assertThat(opened).isNotDone();
        receive("00");

        opened.join().handOver(() -> {});
        receive("4100");

        ByteBuf bytes = device.readInbound();
        assertThat(ByteBufUtil.hexDump(bytes)).isEqualTo("4100");
        bytes.release();
        assertThat(device.pipeline().names()).noneMatch(name -> name.startsWith("redirection"));
    }

    @Test
    void noTextShowsThePassword() {
        assertThat(ADMIN.toString()).contains("admin").doesNotContain("P@ss");
    }

    private CompletableFuture<RedirectionChannel> open(RedirectionKind kind, boolean clearText) {
        return new RedirectionClient(
                        this::connect,
                        new RedirectionSettings(Duration.ofSeconds(30), clearText),
                        ConsentCheck.UNKNOWN)
                .open(kind, ADMIN);
    }

    private CompletableFuture<Channel> connect(Consumer<ChannelPipeline> stack) {
        stack.accept(device.pipeline());
        return CompletableFuture.completedFuture(device);
    }

    private void receive(String hex) {
        device.writeInbound(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
        device.runPendingTasks();
    }

    private String sent() {
        StringBuilder hex = new StringBuilder();
        for (ByteBuf next = device.readOutbound(); next != null; next = device.readOutbound()) {
            hex.append(ByteBufUtil.hexDump(next));
            next.release();
        }
        return hex.toString();
    }

    private static RedirectionFailure failureOf(CompletableFuture<?> opened) {
        try {
            opened.get(10, java.util.concurrent.TimeUnit.SECONDS);
            throw new AssertionError("it was opened");
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(RedirectionException.class);
            return ((RedirectionException) e.getCause()).failure();
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static String md5OfTheOldForm() {
        try {
            java.security.MessageDigest md5 = java.security.MessageDigest.getInstance("MD5");
            String ha1 =
                    ByteBufUtil.hexDump(
                            md5.digest(
                                    ("admin:" + REALM + ":P@ssw0rd")
                                            .getBytes(StandardCharsets.UTF_8)));
            return ByteBufUtil.hexDump(
                    md5.digest(
                            (ha1 + ":" + NONCE + ":63719ae578d1b7ff84edbc5762bd658b")
                                    .getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String strings(String... strings) {
        StringBuilder hex = new StringBuilder();
        for (String string : strings) {
            hex.append("%02x".formatted(string.length())).append(hex(string));
        }
        return hex.toString();
    }

    private static String hex(String text) {
        return ByteBufUtil.hexDump(text.getBytes(StandardCharsets.UTF_8));
    }
}
