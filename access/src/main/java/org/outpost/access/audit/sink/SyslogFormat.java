package org.outpost.access.audit.sink;

import org.outpost.access.audit.AuditDraft;
import org.outpost.access.audit.AuditHash;
import org.outpost.access.audit.AuditLine;
import org.outpost.access.audit.AuditLine.Checkpoint;
import org.outpost.access.audit.AuditLine.Entry;
import org.outpost.access.audit.AuditResult;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Lines of the trail as messages of syslog (RFC 5424): facility "log audit", who, what and where as
 * structured data, and the JSON line as the message. It carries no byte order mark, so that what
 * reads JSON can read it. The number in {@code outpost@32473} is the one that RFC 5612 reserves for
 * documentation: Outpost has none of its own.
 */
final class SyslogFormat {
    private static final int FACILITY = 13;
    private static final int WARNING = 4;
    private static final int NOTICE = 5;
    private static final int INFORMATIONAL = 6;
    private static final int LONGEST_MSGID = 32;
    private static final int LONGEST_HOST = 255;

    private final String host;
    private final int longest;
    private final long process = ProcessHandle.current().pid();

    /**
     * Prepares.
     *
     * @param host how this machine is called; what is no printable ASCII becomes {@code _}
     * @param longest how many bytes a message may have; it is cut at its end
     */
    SyslogFormat(String host, int longest) {
        String printable = host.replaceAll("[^\\x21-\\x7e]", "_");
        this.host =
                printable.isEmpty()
                        ? "-"
                        : printable.substring(0, Math.min(printable.length(), LONGEST_HOST));
        this.longest = longest;
    }

    byte[] message(AuditLine line, String json) {
        StringBuilder text = new StringBuilder(json.length() + 256);
        switch (line) {
            case Entry entry -> {
                AuditDraft what = entry.what();
                head(text, severity(what.result()), entry.time(), what.action());
                text.append("[outpost@32473");
                value(text, "sequence", Long.toString(entry.sequence()));
                value(text, "user", what.actor().user());
                value(text, "address", what.actor().address());
                value(text, "tenant", what.tenant());
                value(text, "action", what.action());
                value(text, "device", what.device() == null ? "" : what.device().toString());
                value(text, "result", what.result().label());
                value(text, "ticket", what.ticket());
                text.append(']');
            }
            case Checkpoint checkpoint -> {
                head(text, INFORMATIONAL, checkpoint.time(), "checkpoint");
                text.append("[outpost@32473");
                value(text, "sequence", Long.toString(checkpoint.sequence()));
                value(text, "key", checkpoint.key());
                text.append(']');
            }
            default -> throw new IllegalArgumentException("no line for syslog: " + line);
        }
        byte[] bytes = text.append(' ').append(json).toString().getBytes(StandardCharsets.UTF_8);
        return bytes.length <= longest ? bytes : Arrays.copyOf(bytes, end(bytes));
    }

    /** Not within a character: those that go on have the bits 10 at their front. */
    private int end(byte[] bytes) {
        int end = longest;
        while (end > 0 && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return end;
    }

    private static int severity(AuditResult result) {
        return switch (result) {
            case ALLOWED, DONE -> NOTICE;
            case DENIED, FAILED -> WARNING;
        };
    }

    private void head(StringBuilder text, int severity, Instant time, String id) {
        text.append('<')
                .append(FACILITY * 8 + severity)
                .append(">1 ")
                .append(AuditHash.time(time))
                .append(' ')
                .append(host)
                .append(" outpost ")
                .append(process)
                .append(' ')
                .append(id, 0, Math.min(id.length(), LONGEST_MSGID))
                .append(' ');
    }

    /**
     * Section 6.3.3: a quote, a backslash and a closing bracket are escaped; no control characters.
     */
    private static void value(StringBuilder text, String name, String value) {
        text.append(' ').append(name).append("=\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\' || c == ']') {
                text.append('\\');
            }
            text.append(Character.isISOControl(c) ? '\uFFFD' : c);
        }
        text.append('"');
    }
}
