package org.outpost.simulator.amt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.outpost.simulator.firmware.Firmware;
import org.outpost.simulator.identity.DeviceProfile;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** The web pages of a device (simulator.md §2). */
final class WebPages {
    /**
     * One page.
     *
     * @param open whether it is shown without signing in
     * @param contentType value of the {@code Content-Type} header
     * @param content its bytes, in unpooled memory
     */
    record Page(boolean open, String contentType, ByteBuf content) {}

    private static final String TITLE = "Intel&reg; Active Management Technology";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("M/d/yyyy", Locale.ROOT);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("h:mm a", Locale.ENGLISH);

    /** A picture of one transparent point. */
    private static final byte[] GIF =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private static final String STYLES =
            """
            body { font-family: Arial, Helvetica, sans-serif; margin: 2em; color: #222 }
            h1 { font-size: 1.3em; color: #0068b5 }
            td { padding: .2em 1.5em .2em 0 }
            """;

    private final Firmware firmware;
    private final DeviceProfile profile;

    WebPages(Firmware firmware) {
        this.firmware = firmware;
        this.profile = firmware.profile();
    }

    /** The page with that path; empty when the device has none. */
    Optional<Page> find(String path) {
        return switch (path) {
            case "/logon.htm" -> Optional.of(html(true, logon("Log on to this computer.")));
            case "/invalid.htm" ->
                    Optional.of(
                            html(true, logon("Log on failed. Incorrect user name or password.")));
            case "/styles.css" ->
                    Optional.of(
                            new Page(true, "text/css", Unpooled.wrappedBuffer(Html.bytes(STYLES))));
            case "/logo.gif", "/run.gif" ->
                    Optional.of(new Page(true, "image/gif", Unpooled.copiedBuffer(GIF)));
            case "/index.htm" -> Optional.of(html(false, status()));
            case "/hw-sys.htm" -> Optional.of(html(false, system()));
            default -> Optional.empty();
        };
    }

    private static Page html(boolean open, String body) {
        return new Page(open, "text/html", Unpooled.wrappedBuffer(Html.page(TITLE, body)));
    }

    private String logon(String text) {
        return "<h1>%s</h1>\n<p>%s</p>\n<form method=\"get\" action=\"index.htm\">"
                        .formatted(TITLE, text)
                + "<input type=\"submit\" value=\"Log On...\"></form>\n";
    }

    private String status() {
        LocalDateTime now = LocalDateTime.ofInstant(firmware.now(), ZoneOffset.UTC);
        return heading("System Status")
                + Html.table(
                        "Power", firmware.machine().power().label(),
                        "System ID", profile.uuid().toString(),
                        "Date", DATE.format(now),
                        "Time", TIME.format(now),
                        "Intel(R) AMT version", profile.version().text());
    }

    private String system() {
        return heading("System Information")
                + Html.table(
                        "Computer name", profile.fqdn(),
                        "Serial number", profile.serialNumber(),
                        "System ID", profile.uuid().toString(),
                        "MAC address", profile.macAddress(),
                        "Intel(R) AMT version", profile.version().text(),
                        "Build", Integer.toString(profile.version().build()));
    }

    private String heading(String section) {
        return "<h1>%s</h1>\n<p>Computer: %s</p>\n<p><a href=\"index.htm\">System Status</a> | "
                        .formatted(TITLE, Html.escape(profile.hostName()))
                + "<a href=\"hw-sys.htm\">System</a></p>\n<h2>"
                + section
                + "</h2>\n";
    }
}
