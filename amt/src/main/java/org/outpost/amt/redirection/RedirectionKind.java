package org.outpost.amt.redirection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a redirection session carries (redirection.md §1); a connection carries one of them. */
public enum RedirectionKind {
    /** Serial over LAN: the text console. */
    SOL(0, "SOL "),
    /** Storage redirection, IDE-R and its successor USB-R. */
    IDER(0, "IDER"),
    /** Keyboard, video, mouse. */
    KVM(1, "KVMR");

    private final int protocol;
    private final int tag;

    RedirectionKind(int protocol, String tag) {
        this.protocol = protocol;
        byte[] text = tag.getBytes(StandardCharsets.US_ASCII);
        this.tag = text[0] << 24 | text[1] << 16 | text[2] << 8 | text[3];
    }

    /** Second byte of StartRedirectionSession. */
    public int protocol() {
        return protocol;
    }

    /** The four letters of StartRedirectionSession, the first one in the highest byte. */
    public int tag() {
        return tag;
    }

    /** Value of a metric's tag and of Open DMT's {@code mode} parameter. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with these four letters; the protocol byte is not needed to tell (section 5). */
    public static Optional<RedirectionKind> ofTag(int tag) {
        return Arrays.stream(values()).filter(kind -> kind.tag == tag).findFirst();
    }

    /** The kind with this label, in any case. */
    public static Optional<RedirectionKind> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
