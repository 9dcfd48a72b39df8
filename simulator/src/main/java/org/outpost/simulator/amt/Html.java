package org.outpost.simulator.amt;

import java.nio.charset.StandardCharsets;

/** Puts small HTML pages together. */
final class Html {
    private Html() {}

    /** A whole page; title and body are HTML already. */
    static byte[] page(String title, String body) {
        return bytes(
                """
                <!DOCTYPE html>
                <html><head><title>%s</title><link rel="stylesheet" href="styles.css"></head>
                <body>
                %s</body></html>
                """
                        .formatted(title, body));
    }

    /** A table of two columns from names and values in turn, which are plain text. */
    static String table(String... cells) {
        StringBuilder table = new StringBuilder("<table>\n");
        for (int i = 0; i < cells.length; i += 2) {
            table.append("<tr><td>")
                    .append(escape(cells[i]))
                    .append("</td><td>")
                    .append(escape(cells[i + 1]))
                    .append("</td></tr>\n");
        }
        return table.append("</table>\n").toString();
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
