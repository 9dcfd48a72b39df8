package org.outpost.server.command;

import org.outpost.amt.redirection.ider.IderEnd;
import org.outpost.amt.redirection.ider.IderStatistics;
import org.outpost.server.command.redirection.RawTerminal;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells how lent drives fare: sentences for people, or a line of JSON for each event. */
final class MountReport {
    private static final double MEBIBYTE = 1 << 20;

    private final PrintWriter out;
    private final DeviceView device;
    private final boolean json;

    MountReport(PrintWriter out, DeviceView device, boolean json) {
        this.out = out;
        this.device = device;
        this.json = json;
    }

    void mounted() {
        say("mounted", "Mounted on " + TerminalText.visible(device.name()) + "; Ctrl-C ends.");
    }

    void restarting() {
        say("restarting", "Restarting from the image.");
    }

    private void say(String event, String sentence) {
        if (json) {
            print(event(event));
        } else {
            out.println(sentence);
            out.flush();
        }
    }

    private ObjectNode event(String event) {
        return new JsonMapper().createObjectNode().put("event", event).put("guid", device.guid());
    }

    private void print(ObjectNode line) {
        out.println(line.toString());
        out.flush();
    }

    /** On a terminal one line that is written over. */
    void progress(IderStatistics now) {
        if (!json && RawTerminal.isThere()) {
            out.printf(
                    Locale.ROOT,
                    "\r%.1f MiB read, %d commands, %d resets   ",
                    (now.cdBytes() + now.floppyBytes()) / MEBIBYTE,
                    now.commands(),
                    now.resets());
            out.flush();
        }
    }

    void ended(IderEnd reason, IderStatistics all) {
        if (json) {
            print(
                    event("ended")
                            .put("reason", reason.label())
                            .put("cdBytes", all.cdBytes())
                            .put("floppyBytes", all.floppyBytes())
                            .put("commands", all.commands())
                            .put("resets", all.resets())
                            .put("writesRefused", all.writesRefused()));
            return;
        }
        progress(all);
        out.println();
    }
}
