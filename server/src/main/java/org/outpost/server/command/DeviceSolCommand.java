package org.outpost.server.command;

import io.netty.channel.Channel;

import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.sol.SolSettings;
import org.outpost.amt.redirection.sol.SolTerminal;
import org.outpost.server.command.redirection.DeviceSession;
import org.outpost.server.command.redirection.RawTerminal;
import org.outpost.server.command.redirection.SessionFailedException;
import org.outpost.server.command.redirection.TerminalPipe;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code outpost device sol}. */
@Command(
        name = "sol",
        description = {
            "Open the text console of a device (Serial over LAN) in this terminal: its BIOS, boot"
                    + " loader or login. Every key goes to the device, Ctrl-C too; Ctrl-] leaves.",
            "Without a terminal, standard input is typed and what the device prints is copied.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  outpost device sol pc-0001.example.com",
            "  printf 'root\\runame -a\\r' | outpost device sol pc-0001.example.com --linger 5"
        },
        mixinStandardHelpOptions = true)
final class DeviceSolCommand extends ApiCommand {
    private static final byte CTRL_RIGHT_BRACKET = 0x1D;

    @Parameters(paramLabel = "NAME|GUID", description = "Which device.")
    private String target = "";

    @Option(
            names = "--linger",
            paramLabel = "SECONDS",
            description =
                    "How long to go on showing after standard input ended, 0 to 86400; without a"
                            + " terminal only. Default: 2.")
    private int linger = 2;

    @Override
    void run(ApiClient client) throws CommandFailedException {
        if (linger < 0 || linger > 86_400) {
            throw new CommandFailedException("--linger must be 0 to 86400 seconds");
        }
        DeviceView device = client.read(DeviceLookup.find(client, target), DeviceView.class);
        String ticket = RelayTicket.of(client, device);
        try (DeviceSession session = new DeviceSession(client.server(), client.trust());
                RawTerminal terminal = RawTerminal.open();
                TerminalPipe pipe = new TerminalPipe(terminal.output())) {
            Channel console =
                    SolTerminal.open(
                                    session.open(
                                            RedirectionKind.SOL,
                                            UUID.fromString(device.guid()),
                                            ticket),
                                    SolSettings.DEFAULT,
                                    pipe)
                            .join();
            if (session.isRecorded()) {
                spec().commandLine().getErr().println("This session is recorded.");
                spec().commandLine().getErr().flush();
            }
            if (terminal.isInteractive()) {
                terminal.say(
                        "Text console of "
                                + TerminalText.visible(device.name())
                                + "; Ctrl-] leaves.\n");
                terminal.raw();
            }
            console.eventLoop().execute(console::read);
            Thread keys = Thread.ofVirtual().start(() -> type(terminal, console));
            String end = pipe.ended().join().label();
            keys.interrupt();
            terminal.restore();
            if (terminal.isInteractive()) {
                terminal.say("\nThe text console is closed: " + end.replace('_', ' ') + ".\n");
            }
        } catch (SessionFailedException | IOException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        } catch (CompletionException e) {
            throw new CommandFailedException(
                    "the device broke the session off: " + Reason.of(e), e);
        }
    }

    private void type(RawTerminal terminal, Channel console) {
        try {
            boolean left = TerminalPipe.type(terminal.input(), console, CTRL_RIGHT_BRACKET);
            if (!left && !terminal.isInteractive()) {
                linger(console);
            }
        } catch (IOException e) {
            // the terminal is gone, and so is this session
        }
        console.close();
    }

    private void linger(Channel console) {
        try {
            console.closeFuture().get(Duration.ofSeconds(linger).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // enough was shown
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
