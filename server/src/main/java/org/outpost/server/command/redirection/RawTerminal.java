package org.outpost.server.command.redirection;

import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Attributes.OutputFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;

/**
 * The terminal of a command, without the system between keys and program: each key comes as it is
 * pressed, none is shown, none stops the program. Without a terminal: standard input and output.
 */
public final class RawTerminal implements AutoCloseable {
    private final @Nullable Terminal terminal;
    private final InputStream input;
    private final OutputStream output;
    private @Nullable Attributes former;

    private RawTerminal(@Nullable Terminal terminal) {
        this.terminal = terminal;
        this.input = terminal == null ? new FileInputStream(FileDescriptor.in) : terminal.input();
        this.output =
                terminal == null ? new FileOutputStream(FileDescriptor.out) : terminal.output();
    }

    /** Whether this process has a terminal, for its keys and for its screen. */
    public static boolean isThere() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** The terminal of this process, as it is. */
    public static RawTerminal open() throws IOException {
        if (!isThere()) {
            return new RawTerminal(null);
        }
        return new RawTerminal(
                TerminalBuilder.builder().system(true).exec(true).jni(false).ffm(false).build());
    }

    /** Whether a person sits before it. */
    public boolean isInteractive() {
        return terminal != null;
    }

    /** Keys. */
    public InputStream input() {
        return input;
    }

    /** The screen. */
    public OutputStream output() {
        return output;
    }

    /** Shows a line of ours. */
    public void say(String text) throws IOException {
        output.write(text.getBytes(StandardCharsets.UTF_8));
        output.flush();
    }

    /** From now on everything passes as it is. */
    public void raw() {
        if (terminal == null || former != null) {
            return;
        }
        former = terminal.getAttributes();
        Attributes raw = new Attributes(former);
        raw.setLocalFlags(
                EnumSet.of(LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.IEXTEN, LocalFlag.ISIG),
                false);
        raw.setInputFlags(
                EnumSet.of(
                        InputFlag.IXON,
                        InputFlag.ICRNL,
                        InputFlag.INLCR,
                        InputFlag.IGNCR,
                        InputFlag.BRKINT,
                        InputFlag.ISTRIP),
                false);
        raw.setOutputFlag(OutputFlag.OPOST, false);
        raw.setControlChar(ControlChar.VMIN, 1);
        raw.setControlChar(ControlChar.VTIME, 0);
        terminal.setAttributes(raw);
    }

    /** As it was before. */
    public void restore() {
        if (terminal != null && former != null) {
            terminal.setAttributes(former);
            former = null;
        }
    }

    @Override
    public void close() throws IOException {
        restore();
        if (terminal != null) {
            terminal.close();
        }
    }
}
