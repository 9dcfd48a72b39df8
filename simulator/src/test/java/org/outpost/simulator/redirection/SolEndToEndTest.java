package org.outpost.simulator.redirection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.outpost.amt.redirection.RedirectionCredentials;
import org.outpost.amt.redirection.RedirectionException;
import org.outpost.amt.redirection.RedirectionFailure;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.sol.SolEnd;
import org.outpost.amt.redirection.sol.SolEvent;
import org.outpost.amt.redirection.sol.SolSettings;
import org.outpost.amt.redirection.sol.SolTerminal;
import org.outpost.simulator.machine.BootPlan;
import org.outpost.simulator.machine.BootSource;
import org.outpost.simulator.machine.ConsentPolicy;
import org.outpost.simulator.machine.OperatingSystem;
import org.outpost.simulator.machine.PowerAction;
import org.outpost.simulator.redirection.ider.DriveExercise;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

class SolEndToEndTest {
    private RedirectionRig rig = new RedirectionRig();
    private final Queue<String> screen = new ConcurrentLinkedQueue<>();
    private final List<Object> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aShellIsTypedIn() {
        Channel terminal = terminal();
        expect("pc-0001 login:");

        type(terminal, "root\r");
        expect("Welcome to pc-0001");
        type(terminal, "cat /etc/hostname; \b\b\r");
        expect("\r\npc-0001\r\n");
        type(terminal, "uname -a\r");
        expect("Linux pc-0001 6.12");
        type(terminal, "nonsense\r");
        expect("nonsense: command not found");
        type(terminal, "\u001b[A\u001b[A\r");
        expect("Linux pc-0001 6.12");

        terminal.close();
        await().until(() -> events.contains(new SolEvent.Ended(SolEnd.CLOSED_HERE)));
        await().until(() -> rig.onDevice(() -> rig.host().redirection().session(kind()).isEmpty()));
    }

    @Test
    void whatPrintsWithoutEndIsStopped() {
        Channel terminal = terminal();
        expect("login:");

        type(terminal, "root\ryes again\r");
        expect("again\r\nagain\r\n");
        type(terminal, "whoami\r\u0003hostname\r");

        expect("^C");
        expect("# hostname\r\npc-0001\r\n");
        terminal.close();
    }

    @Test
    void poweroffSwitchesThePcOff() {
        Channel terminal = terminal();
        expect("login:");

        type(terminal, "root\rpoweroff\r");

        expect("Power down");
        await().until(() -> !rig.onDevice(() -> rig.host().machine().power().isOn()));
        terminal.close();
    }

    @Test
    void aRebootShowsTheSelfTestAndComesBack() {
        Channel terminal = terminal();
        expect("login:");

        type(terminal, "root\rreboot\r");

        expect("Restarting system");
        expect("Memory initialization");
        expect("Press F2 for Setup");
        expect("Debian GNU/Linux 13 pc-0001 ttyS0");
        terminal.close();
    }

    @Test
    void theSetupIsWalkedThroughAndLeft() {
        Channel terminal = terminal();
        expect("login:");
        boot(new BootPlan(BootSource.BIOS_SETUP, true, false, ""));
        expect("BIOS Setup");
        expect("[Enabled]");

        type(terminal, "\u001b[C");
        expect("Quiet boot                                    [Disabled]");
        type(terminal, "\u001b[21~");

        expect("Restarting");
        expect("login:");
        terminal.close();
    }

    @Test
    void theBootMenuOffersTheDevices() {
        Channel terminal = terminal();
        expect("login:");
        boot(new BootPlan(BootSource.BIOS_SETUP, true, false, "boot-menu"));
        expect("Please select boot device");
        expect("Intel Remote CD");

        type(terminal, "\u001b[B");
        type(terminal, "\r");

        expect("Redirected drive: no medium");
        terminal.close();
    }

    @Test
    void aBootWithoutUseSolShowsNothingOfTheFirmware() {
        Channel terminal = terminal();
        expect("login:");

        boot(BootPlan.NORMAL);
        expect("login:");

        assertThat(text()).doesNotContain("Memory initialization");
        terminal.close();
    }

    @Test
    void theSecondSessionIsBusy() {
        Channel terminal = terminal();

        assertThat(failure(RedirectionRig.ADMIN, RedirectionKind.SOL))
                .isEqualTo(RedirectionFailure.BUSY);

        terminal.close();
        await().until(() -> rig.onDevice(() -> rig.host().redirection().session(kind()).isEmpty()));
        terminal().close();
    }

    @Test
    void aWrongPasswordIsSaidAndCounted() {
        assertThat(failure(new RedirectionCredentials("admin", "wrong"), RedirectionKind.SOL))
                .isEqualTo(RedirectionFailure.WRONG_CREDENTIALS);
        assertThat(failure(new RedirectionCredentials("nobody", "P@ssw0rd"), RedirectionKind.KVM))
                .isEqualTo(RedirectionFailure.WRONG_CREDENTIALS);
        assertThat(rig.host().failures()).contains("admin", "nobody");
    }

    @Test
    void aSwitchedOffKindIsNotAllowed() {
        rig.onDevice(
                () -> {
                    rig.host().redirection().enable(kind(), false, "admin");
                    return 0;
                });

        assertThat(failure(RedirectionRig.ADMIN, RedirectionKind.SOL))
                .isEqualTo(RedirectionFailure.NOT_ALLOWED);
    }

    @Test
    void withoutConsentNothingIsAllowed() {
        rig.close();
        rig = new RedirectionRig(ConsentPolicy.ALL, DriveExercise.NONE);
        assertThat(failure(RedirectionRig.ADMIN, RedirectionKind.SOL))
                .isEqualTo(RedirectionFailure.NOT_ALLOWED);

        rig.onDevice(
                () -> {
                    rig.host().consent().start();
                    return rig.host().consent().send(123456);
                });

        terminal().close();
    }

    private static org.outpost.simulator.machine.RedirectionKind kind() {
        return org.outpost.simulator.machine.RedirectionKind.SOL;
    }

    private void boot(BootPlan plan) {
        await().until(
                        () ->
                                rig.onDevice(() -> rig.host().machine().os())
                                        == OperatingSystem.RUNNING);
        rig.onDevice(
                () -> {
                    rig.host().machine().nextBoot(plan);
                    return rig.host().machine().request(PowerAction.RESET);
                });
    }

    private RedirectionFailure failure(RedirectionCredentials who, RedirectionKind kind) {
        CompletableFuture<?> opened = rig.client().open(kind, who);
        try {
            opened.get(10, TimeUnit.SECONDS);
            throw new AssertionError("it was opened");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RedirectionException refused) {
                return refused.failure();
            }
            throw new AssertionError(e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Channel terminal() {
        Channel terminal =
                RedirectionRig.get(
                        rig.open(RedirectionKind.SOL)
                                .thenCompose(
                                        channel ->
                                                SolTerminal.open(
                                                        channel,
                                                        SolSettings.DEFAULT,
                                                        new Screen())));
        terminal.config().setAutoRead(true);
        return terminal;
    }

    private final class Screen extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
            screen.add(bytes.toString(StandardCharsets.UTF_8));
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            events.add(event);
        }
    }

    private void type(Channel terminal, String keys) {
        screen.clear();
        terminal.writeAndFlush(ByteBufUtil.writeUtf8(terminal.alloc(), keys)).syncUninterruptibly();
    }

    private String text() {
        return String.join("", screen);
    }

    private void expect(String text) {
        await().alias(text).until(() -> text().contains(text));
    }
}
